package dev.treadle.registry.inspect;

/**
 * A class that can be a function's entry.
 *
 * @param name its binary name, as {@code entry} wants it
 * @param kind the interface that makes it a handler
 */
public record HandlerClass(String name, HandlerKind kind) {}
