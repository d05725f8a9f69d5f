package dev.treadle.testing;

import dev.treadle.Event;

/**
 * What a function has published.
 *
 * @param messageId what a stream would know repetitions by: the same when the same event is
 *     delivered again
 */
public record Published(String subject, Event event, String messageId) {}
