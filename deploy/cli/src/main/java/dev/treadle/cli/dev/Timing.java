package dev.treadle.cli.dev;

import java.time.Duration;

/**
 * Where the time from a save to the first answer of the new code went.
 *
 * @param noticed from the save until it was noticed and its burst was over
 * @param compile building and packing
 * @param upload sending the artifact
 * @param deploy loading, starting and moving the alias
 */
public record Timing(Duration noticed, Duration compile, Duration upload, Duration deploy) {
    public Duration total() {
        return noticed.plus(compile).plus(upload).plus(deploy);
    }

    /** {@code served in 84 ms (compile 41, upload 3, deploy 30)}. */
    @Override
    public String toString() {
        return "served in %d ms (compile %d, upload %d, deploy %d)"
                .formatted(
                        total().toMillis(),
                        compile.toMillis(),
                        upload.toMillis(),
                        deploy.toMillis());
    }
}
