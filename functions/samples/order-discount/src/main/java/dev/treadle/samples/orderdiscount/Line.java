package dev.treadle.samples.orderdiscount;

/**
 * What is bought.
 *
 * @param quantity how many pieces
 * @param cents the price of all of them
 */
public record Line(int quantity, long cents) {}
