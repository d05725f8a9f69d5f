package dev.treadle.server;

import dev.treadle.registry.Manifest;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.server.admin.ApiException;
import dev.treadle.server.admin.ProblemView;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.schedule.Cron;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which of a manifest's triggers this node serves. The manifest's language may be ahead of a node;
 * a trigger that would never fire is refused at the deploy instead of being left out in silence.
 */
final class ServedTriggers {
    private static final String NONE_YET = "this version of Treadle does not serve `%s` triggers";

    /** Throws when there is a trigger that this node does not serve. */
    void check(Manifest manifest) {
        List<ProblemView> problems = new ArrayList<>();
        for (int i = 0; i < manifest.triggers().size(); i++) {
            TriggerSpec trigger = manifest.triggers().get(i);
            String path = "triggers[%d].%s".formatted(i, trigger.kind());
            obstacle(trigger).ifPresent(reason -> problems.add(problem(path, reason)));
        }
        if (!problems.isEmpty()) {
            throw new ApiException(
                    ErrorCode.MANIFEST_INVALID,
                    ErrorCode.MANIFEST_INVALID.status(),
                    "function.yaml declares %s that this node cannot serve"
                            .formatted(
                                    problems.size() == 1
                                            ? "a trigger"
                                            : problems.size() + " triggers"),
                    problems);
        }
    }

    /** Why the trigger cannot be served; empty when it can. */
    private Optional<String> obstacle(TriggerSpec trigger) {
        return switch (trigger) {
            case TriggerSpec.Http _ -> Optional.empty();
            case TriggerSpec.Nats _, TriggerSpec.Rpc _ ->
                    Optional.of(NONE_YET.formatted(trigger.kind()));
            case TriggerSpec.Schedule schedule -> cronError(schedule.cron());
        };
    }

    private static Optional<String> cronError(String cron) {
        try {
            Cron.parse(cron);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static ProblemView problem(String path, String reason) {
        return new ProblemView(
                path,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                path + ": " + reason);
    }
}
