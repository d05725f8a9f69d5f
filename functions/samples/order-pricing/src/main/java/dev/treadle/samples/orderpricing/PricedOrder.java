package dev.treadle.samples.orderpricing;

/**
 * An order with its price.
 *
 * @param id the id of the order's first event
 * @param cents the price of all of it
 */
public record PricedOrder(String id, String item, int quantity, long cents) {}
