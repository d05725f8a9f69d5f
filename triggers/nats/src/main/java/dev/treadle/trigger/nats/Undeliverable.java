package dev.treadle.trigger.nats;

/** A destination cannot be reached as things are declared: trying again would not help. */
final class Undeliverable extends Exception {
    private static final long serialVersionUID = 1L;

    Undeliverable(String message, Throwable cause) {
        super(message, cause);
    }

    Undeliverable(String message) {
        super(message);
    }
}
