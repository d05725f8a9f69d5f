package dev.treadle.samples.greeting;

/**
 * Whom to greet.
 *
 * @param name must be there
 * @param language a two-letter code; {@code en} when it is missing
 */
public record Person(String name, String language) {}
