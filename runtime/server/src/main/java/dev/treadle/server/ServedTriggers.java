package dev.treadle.server;

import dev.treadle.registry.Manifest;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.registry.inspect.HandlerClass;
import dev.treadle.registry.inspect.HandlerKind;
import dev.treadle.server.admin.ApiException;
import dev.treadle.server.admin.ProblemView;
import dev.treadle.server.events.TriggerSettings;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.schedule.Cron;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Which of a manifest's triggers this node serves. The manifest's language may be ahead of a node;
 * a trigger that would never fire is refused at the deploy instead of being left out in silence.
 */
final class ServedTriggers {
    /** Throws when there is a trigger that this node does not serve. */
    void check(Manifest manifest) {
        check(manifest, this::obstacle);
    }

    /** Throws when there is a trigger whose events the handler cannot take. */
    void check(Manifest manifest, HandlerClass handler) {
        check(manifest, trigger -> misfit(trigger, handler));
    }

    private static void check(Manifest manifest, Function<TriggerSpec, Optional<String>> obstacle) {
        List<ProblemView> problems = new ArrayList<>();
        for (int i = 0; i < manifest.triggers().size(); i++) {
            TriggerSpec trigger = manifest.triggers().get(i);
            String path = "triggers[%d].%s".formatted(i, trigger.kind());
            obstacle.apply(trigger).ifPresent(reason -> problems.add(problem(path, reason)));
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
            case TriggerSpec.Schedule schedule -> cronError(schedule.cron());
            case TriggerSpec.Nats nats -> TriggerSettings.obstacle(nats);
            case TriggerSpec.Rpc _ -> Optional.empty();
        };
    }

    private static Optional<String> misfit(TriggerSpec trigger, HandlerClass handler) {
        return switch (trigger) {
            case TriggerSpec.Schedule _ when isForHttp(handler.kind()) ->
                    Optional.of(
                            "`%s` is an HTTP function, which cannot take a tick; make it an EventFunction or a TypedFunction"
                                    .formatted(handler.name()));
            case TriggerSpec.Nats nats
                    when nats.batch().isPresent() && handler.kind() != HandlerKind.TREADLE_BATCH ->
                    Optional.of(
                            "`%s` takes one event at a time; make it a BatchFunction, or leave out `batch`"
                                    .formatted(handler.name()));
            case TriggerSpec.Http _,
                    TriggerSpec.Nats _,
                    TriggerSpec.Rpc _,
                    TriggerSpec.Schedule _ ->
                    Optional.empty();
        };
    }

    private static boolean isForHttp(HandlerKind kind) {
        return kind == HandlerKind.TREADLE_HTTP || kind == HandlerKind.GOOGLE_HTTP;
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
