package dev.treadle.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the engine.
 *
 * @param unpacked where libraries nested in artifacts are unpacked
 * @param adapters the adapters' jar or classes folder, put last on every release's class path
 * @param startTimeout how long a function's {@code start} and {@code close} may take each
 * @param logLinesMax log lines kept per function
 * @param logBytesMax bytes of log text kept on the node
 * @param recordsMax invocation records kept per function, once for errors and once for successes
 */
public record EngineConfig(
        Path unpacked,
        List<Path> adapters,
        Duration startTimeout,
        int logLinesMax,
        long logBytesMax,
        int recordsMax) {
    public EngineConfig {
        adapters = List.copyOf(adapters);
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "the start timeout must be positive: " + startTimeout);
        }
        if (logLinesMax < 1 || logBytesMax < 1 || recordsMax < 1) {
            throw new IllegalArgumentException("logs and records need room for at least one");
        }
    }

    public static EngineConfig defaults(Path unpacked, List<Path> adapters) {
        return new EngineConfig(unpacked, adapters, Duration.ofSeconds(30), 2_000, 64L << 20, 512);
    }
}
