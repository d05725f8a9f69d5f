package dev.treadle.samples.orderdiscount;

import dev.treadle.BadRequest;
import dev.treadle.Context;
import dev.treadle.FunctionContext;
import dev.treadle.TypedFunction;
import java.util.Map;
import java.util.TreeMap;

/**
 * What remains of a price after the discount for its quantity. It has no route: other functions
 * call it.
 */
public final class OrderDiscount implements TypedFunction<Line, Long> {
    private Map<Integer, Integer> percents = Map.of();

    @Override
    public void start(FunctionContext context) {
        Map<Integer, Integer> read = new TreeMap<>();
        for (String entry : context.config("DISCOUNTS").orElse("").split(",")) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "DISCOUNTS is a list such as 10=3,100=10; this is no part of one: "
                                + entry);
            }
            read.put(
                    Integer.valueOf(entry.substring(0, equals).strip()),
                    Integer.valueOf(entry.substring(equals + 1).strip()));
        }
        percents = read;
    }

    @Override
    public Long handle(Line line, Context context) {
        if (line.quantity() < 1 || line.cents() < 0) {
            throw new BadRequest("no such price: " + line);
        }
        int percent = 0;
        for (Map.Entry<Integer, Integer> step : percents.entrySet()) {
            if (line.quantity() >= step.getKey()) {
                percent = step.getValue();
            }
        }
        return line.cents() - line.cents() * percent / 100;
    }
}
