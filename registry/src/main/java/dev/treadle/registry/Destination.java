package dev.treadle.registry;

import java.net.URI;

/** Where the outcome of an event or a call goes. */
public sealed interface Destination {
    /** It is published to a stream. */
    record ToSubject(String subject) implements Destination {}

    /** It is what another function is called with, later. */
    record ToFunction(FunctionName function) implements Destination {}

    /** It is posted to a URL. */
    record ToWebhook(URI url) implements Destination {}
}
