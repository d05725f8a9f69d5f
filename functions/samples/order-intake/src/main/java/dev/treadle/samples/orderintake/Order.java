package dev.treadle.samples.orderintake;

import dev.treadle.BadRequest;

/**
 * What a customer orders.
 *
 * @param item an article's name
 * @param quantity how many of it, 1 to 1,000
 */
public record Order(String item, int quantity) {
    /** Refuses an order that nobody could deliver. */
    Order checked() {
        if (item == null || item.isBlank()) {
            throw new BadRequest("`item` is missing");
        }
        if (quantity < 1 || quantity > 1_000) {
            throw new BadRequest("`quantity` is 1 to 1000, not " + quantity);
        }
        return this;
    }
}
