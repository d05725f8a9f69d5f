package dev.treadle.samples.orderpricing;

/** An order without a price. */
public record Order(String item, int quantity) {}
