package dev.treadle.trigger.nats;

import dev.treadle.Event;
import dev.treadle.HttpError;
import io.nats.client.Message;

/** Where an event's key is found. An event without a key belongs to those with an empty one. */
public sealed interface EventKey {
    /** The whole NATS subject. */
    record Subject() implements EventKey {}

    /** A token of the NATS subject, counted from 1. */
    record Token(int position) implements EventKey {}

    /** A CloudEvents attribute, such as {@code partitionkey}. */
    record Attribute(String name) implements EventKey {}

    /** A header of the message. */
    record Header(String name) implements EventKey {}

    /** The key of a message; empty when it has none. */
    static String of(EventKey key, Message message, NatsEvents.Arrival arrival) {
        return switch (key) {
            case Subject _ -> message.getSubject();
            case Token(int position) -> token(message.getSubject(), position);
            case Attribute(String name) -> attribute(name, message, arrival);
            case Header(String name) -> NatsEvents.header(message, name).orElse("");
        };
    }

    private static String token(String subject, int position) {
        String[] tokens = subject.split("\\.", -1);
        return position <= tokens.length ? tokens[position - 1] : "";
    }

    private static String attribute(String name, Message message, NatsEvents.Arrival arrival) {
        Event event;
        try {
            event = NatsEvents.read(message, arrival, NoJson.INSTANCE);
        } catch (HttpError e) {
            return ""; // it cannot be read as an event, and will be a dead letter
        }
        return switch (name) {
            case "id" -> event.id();
            case "source" -> event.source().toString();
            case "type" -> event.type();
            case "subject" -> event.subject().orElse("");
            case "datacontenttype" -> event.dataContentType().orElse("");
            default -> event.extensions().getOrDefault(name, "");
        };
    }
}
