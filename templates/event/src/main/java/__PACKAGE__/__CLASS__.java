package __PACKAGE__;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import dev.treadle.Permanent;

/** Handles a CloudEvent. The same event may come again: look at its id. */
public final class __CLASS__ implements EventFunction {
    /** The event's data. */
    public record Order(String customer, int amount) {}

    @Override
    public void handle(Event event, Context context) {
        if (!event.type().equals("order.accepted")) {
            throw new Permanent("not for this function: " + event.type());
        }
        Order order = event.json(Order.class);
        context.log().info("order {} of {}: {}", event.id(), order.customer(), order.amount());
    }
}
