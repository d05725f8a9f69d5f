package dev.treadle.samples.orderpricing;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import dev.treadle.FunctionContext;
import dev.treadle.Permanent;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts a price to an order, with the discount that another function knows, and publishes it. An
 * article without a price is not tried again: the order becomes a dead letter until somebody has
 * added the price and redrives it.
 */
public final class OrderPricing implements EventFunction {
    private Map<String, Long> prices = Map.of();

    @Override
    public void start(FunctionContext context) {
        Map<String, Long> read = new TreeMap<>();
        for (String entry : context.config("PRICES").orElse("").split(",")) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "PRICES is a list such as tea=450,cup=899; this is no part of one: "
                                + entry);
            }
            read.put(entry.substring(0, equals).strip(), Long.valueOf(entry.substring(equals + 1)));
        }
        prices = read;
    }

    @Override
    public void handle(Event placed, Context context) {
        Order order = placed.json(Order.class);
        Long price = prices.get(order.item());
        if (price == null) {
            throw new Permanent("there is no price for " + order.item());
        }
        Line line = new Line(order.quantity(), price * order.quantity());
        long cents = context.call("order-discount", line, Long.class);
        PricedOrder priced = new PricedOrder(placed.id(), order.item(), order.quantity(), cents);
        context.publish("orders.priced", context.event("order.priced").json(priced).build());
    }
}
