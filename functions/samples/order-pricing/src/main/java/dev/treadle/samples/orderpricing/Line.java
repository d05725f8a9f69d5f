package dev.treadle.samples.orderpricing;

/** What {@code order-discount} takes. */
record Line(int quantity, long cents) {}
