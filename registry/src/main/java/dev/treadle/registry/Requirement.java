package dev.treadle.registry;

import java.net.URI;
import java.time.Duration;

/**
 * Something that must be up for a function's events to be taken in.
 *
 * @param target what it is
 * @param interval how long to wait from one look to the next
 * @param timeout how long a look may take
 * @param failures how many looks in a row must fail for it to count as down
 */
public record Requirement(Target target, Duration interval, Duration timeout, int failures) {
    public static final Duration INTERVAL = Duration.ofSeconds(5);
    public static final Duration TIMEOUT = Duration.ofSeconds(2);
    public static final int FAILURES = 3;

    /** What a function may depend on. */
    public sealed interface Target {
        /** The key that says the kind in a manifest. */
        default String kind() {
            return switch (this) {
                case Http _ -> "http";
                case Tcp _ -> "tcp";
                case Function _ -> "function";
            };
        }

        /** As a manifest has it. */
        default String value() {
            return switch (this) {
                case Http(URI url) -> url.toString();
                case Tcp(String host, int port) -> host + ":" + port;
                case Function(FunctionName name) -> name.value();
            };
        }

        /** A URL that answers a GET with a status below 400. */
        record Http(URI url) implements Target {}

        /**
         * A port that takes connections.
         *
         * @param host a name, an IPv4 address, or an IPv6 address in brackets
         */
        record Tcp(String host, int port) implements Target {}

        /** Another function on the same node that can be called. */
        record Function(FunctionName name) implements Target {}
    }

    /** For people: {@code tcp db:5432}. */
    @Override
    public String toString() {
        return target.kind() + " " + target.value();
    }
}
