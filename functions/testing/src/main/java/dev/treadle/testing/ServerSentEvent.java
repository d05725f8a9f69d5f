package dev.treadle.testing;

/**
 * One server-sent event, as a client would read it.
 *
 * @param event the type; empty for none
 * @param id the id; empty for none
 * @param data the data, which may have several lines
 */
public record ServerSentEvent(String event, String id, String data) {}
