package dev.treadle.trigger.nats;

/** What leaves the node: webhooks, and events for streams. */
public record Outlets(Webhooks webhooks, NatsPublisher publisher) {}
