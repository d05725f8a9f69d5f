package acme.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.List;

/** Its types are found through a generic parent; it is closed with its release. */
public class Typed extends ListHandler<Integer, Typed.Total> implements AutoCloseable {
    public record Total(int sum, String function) {}

    @Override
    public Total handleRequest(List<Integer> numbers, Context context) {
        return new Total(numbers.stream().mapToInt(n -> n).sum(), context.getFunctionName());
    }

    @Override
    public void close() {
        System.setProperty("acme.lambda.Typed", "closed");
    }
}
