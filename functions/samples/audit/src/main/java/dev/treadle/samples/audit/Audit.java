package dev.treadle.samples.audit;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import dev.treadle.FunctionContext;
import dev.treadle.Permanent;
import java.util.List;

/**
 * Writes one line to its log for each CloudEvent of the wanted types. An event of another type is
 * permanently refused.
 */
public final class Audit implements EventFunction {
    private List<String> prefixes = List.of("");

    @Override
    public void start(FunctionContext context) {
        prefixes = List.of(context.config("TYPES").orElse("").split(","));
    }

    @Override
    public void handle(Event event, Context context) {
        if (prefixes.stream().noneMatch(event.type()::startsWith)) {
            throw new Permanent("not to be audited: " + event.type());
        }
        context.log()
                .info(
                        "{} {} from {} about {}: {} bytes, try {}",
                        event.type(),
                        event.id(),
                        event.source(),
                        event.subject().orElse("nothing"),
                        event.data().length,
                        context.invocation().attempt());
    }
}
