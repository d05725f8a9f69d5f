package acme.plain;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

public class Sum implements Function<Map<String, List<Sum.Line>>, Sum.Total> {
    public record Line(int amount) {}

    public record Total(int sum) {}

    @Override
    public Total apply(Map<String, List<Line>> order) {
        return new Total(
                order.values().stream().flatMap(List::stream).mapToInt(Line::amount).sum());
    }
}
