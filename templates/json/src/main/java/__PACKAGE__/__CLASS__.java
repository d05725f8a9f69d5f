package __PACKAGE__;

import dev.treadle.BadRequest;
import dev.treadle.Context;
import dev.treadle.TypedFunction;
import java.math.BigDecimal;
import java.util.List;

/** Adds up an order: JSON in, JSON out. */
public final class __CLASS__ implements TypedFunction<__CLASS__.Order, __CLASS__.Receipt> {
    /** What comes in. */
    public record Order(String customer, List<Line> lines) {}

    /** One line of an order. */
    public record Line(String article, int count, BigDecimal price) {}

    /** What goes out. */
    public record Receipt(String customer, BigDecimal total) {}

    @Override
    public Receipt handle(Order order, Context context) {
        if (order.lines() == null || order.lines().isEmpty()) {
            throw new BadRequest("lines: an order has at least one");
        }
        BigDecimal total = BigDecimal.ZERO;
        for (Line line : order.lines()) {
            total = total.add(line.price().multiply(BigDecimal.valueOf(line.count())));
        }
        context.log().info("{} owes {}", order.customer(), total);
        return new Receipt(order.customer(), total);
    }
}
