package dev.treadle.trigger.nats;

import java.net.URI;

/** Where an outcome goes. */
public sealed interface Destination {
    /** It is published to a stream. */
    record ToSubject(String subject) implements Destination {}

    /** It is what another function is called with, later. */
    record ToFunction(String function) implements Destination {}

    /** It is posted to a URL. */
    record ToWebhook(URI url) implements Destination {}
}
