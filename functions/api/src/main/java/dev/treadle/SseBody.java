package dev.treadle;

import java.io.IOException;

/**
 * Sends server-sent events (WHATWG HTML Living Standard, section 9.2).
 *
 * @see Response#sse(SseBody)
 */
@FunctionalInterface
public interface SseBody {
    /** Sends all events; the answer ends when this returns. */
    void send(Sink sink) throws Exception;

    /** Where the events go. Each is sent at once. For one thread at a time. */
    interface Sink {
        /**
         * Sends a message.
         *
         * @param data may have several lines
         * @throws IOException when the caller has gone away
         */
        void send(String data) throws IOException;

        /**
         * Sends a message of a type, with an id to resume from.
         *
         * @param event the type; empty for none
         * @param id the id; empty for none
         * @param data may have several lines
         * @throws IOException when the caller has gone away
         */
        void send(String event, String id, String data) throws IOException;

        /**
         * Sends a comment, which clients pass over: it keeps an idle connection open.
         *
         * @throws IOException when the caller has gone away
         */
        void comment(String text) throws IOException;
    }
}
