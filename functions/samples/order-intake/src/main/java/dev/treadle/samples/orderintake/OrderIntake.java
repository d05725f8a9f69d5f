package dev.treadle.samples.orderintake;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.HttpFunction;
import dev.treadle.Request;
import dev.treadle.Response;
import java.util.Map;

/**
 * Takes an order in and answers when a stream has stored it. What is done about it comes later, by
 * the functions that its event reaches.
 */
public final class OrderIntake implements HttpFunction {
    @Override
    public Response handle(Request request, Context context) {
        Order order = request.json(Order.class).checked();
        Event placed = context.event("order.placed").json(order).build();
        context.publish("orders.placed", placed);
        return Response.status(202)
                .body(context.json().write(Map.of("id", placed.id())))
                .contentType("application/json");
    }
}
