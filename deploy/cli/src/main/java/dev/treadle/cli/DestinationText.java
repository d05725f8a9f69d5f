package dev.treadle.cli;

import dev.treadle.registry.Destination;
import dev.treadle.registry.Destinations;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.TriggerSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the outcomes of a function's triggers go, in words. */
final class DestinationText {
    private DestinationText() {}

    /** A line for each destination, such as {@code function alarm when nats-2 has failed}. */
    static List<String> lines(Manifest manifest) {
        List<String> lines = new ArrayList<>();
        manifest.namedTriggers()
                .forEach(
                        (name, trigger) -> {
                            Destinations to = destinations(trigger);
                            add(lines, to.onSuccess(), name, "succeeded");
                            add(lines, to.onFailure(), name, "failed");
                        });
        return lines;
    }

    private static void add(
            List<String> lines, Optional<Destination> to, String trigger, String end) {
        to.ifPresent(one -> lines.add("%s when %s has %s".formatted(text(one), trigger, end)));
    }

    private static Destinations destinations(TriggerSpec trigger) {
        return switch (trigger) {
            case TriggerSpec.Http http ->
                    http.async().map(TriggerSpec.Async::destinations).orElse(Destinations.NONE);
            case TriggerSpec.Nats nats -> nats.destinations();
            case TriggerSpec.Rpc _ -> Destinations.NONE;
            case TriggerSpec.Schedule schedule -> schedule.destinations();
        };
    }

    private static String text(Destination destination) {
        return switch (destination) {
            case Destination.ToSubject(String subject) -> "subject " + subject;
            case Destination.ToFunction(FunctionName name) -> "function " + name;
            case Destination.ToWebhook(URI url) -> "webhook " + url;
        };
    }
}
