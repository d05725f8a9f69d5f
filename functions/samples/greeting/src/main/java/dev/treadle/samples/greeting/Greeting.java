package dev.treadle.samples.greeting;

/** What to say, and in which language it is. */
public record Greeting(String text, String language) {}
