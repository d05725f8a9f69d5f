package dev.treadle.server;

import java.util.List;
import java.util.Optional;

/** Reads tokens that clients must send. For one thread. */
final class TokenReader {
    private static final int LENGTH_MIN = 16;

    private final ConfigKeys keys;
    private final List<String> errors;

    TokenReader(ConfigKeys keys, List<String> errors) {
        this.keys = keys;
        this.errors = errors;
    }

    Optional<String> read(String key) {
        Optional<String> token = keys.text(key);
        if (token.isPresent() && token.get().length() < LENGTH_MIN) {
            errors.add(
                    "%s: expected at least %d characters, found %d"
                            .formatted(key, LENGTH_MIN, token.get().length()));
        }
        return token;
    }
}
