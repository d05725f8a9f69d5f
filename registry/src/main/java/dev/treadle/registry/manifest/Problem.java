package dev.treadle.registry.manifest;

import java.util.Optional;

/**
 * Something in a manifest that is wrong, or odd.
 *
 * @param path where in the document, such as {@code triggers[0].http.path}; empty for all of it
 * @param line where in the text, counted from 1
 * @param expected what should stand there
 * @param found what stands there
 * @param suggestion what was probably meant
 * @param message all of it in a sentence
 */
public record Problem(
        String path,
        int line,
        String expected,
        String found,
        Optional<String> suggestion,
        String message) {
    /** {@code line 4: limits.timeout: …}. */
    @Override
    public String toString() {
        return "line " + line + ": " + message;
    }
}
