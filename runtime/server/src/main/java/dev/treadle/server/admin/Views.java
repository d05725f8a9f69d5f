package dev.treadle.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The admin API's documents, named as the schemas in {@code openapi.yaml}. */
final class Views {
    private Views() {}

    record FunctionList(List<Function> functions) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Function(
            String name,
            @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Map<String, Integer>> live,
            Map<String, Map<String, Integer>> aliases,
            int newest,
            String entry,
            List<String> urls,
            Instant updated) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record FunctionDetail(
            Callable callable,
            String name,
            @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Map<String, Integer>> live,
            Map<String, Map<String, Integer>> aliases,
            int newest,
            String entry,
            List<String> urls,
            Instant updated,
            List<Route> routes,
            List<Release> releases,
            String manifest,
            List<String> missingSecrets,
            List<Called> calls,
            Optional<String> subject,
            List<Dependency> requires,
            List<Binding> bindings,
            Stats stats) {}

    record ProviderList(List<Provider> providers) {}

    /**
     * What is behind a store.
     *
     * @param store its name, or {@code default} for all that are not named
     * @param state {@code up} or {@code down}
     * @param running calls that run there now
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Provider(
            String kind,
            String store,
            String provider,
            String state,
            Optional<String> reason,
            int running) {}

    /**
     * What a function binds.
     *
     * @param state {@code up} or {@code down}
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Binding(
            String binding,
            String kind,
            String target,
            String provider,
            String state,
            Optional<String> reason) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Dependency(String dependency, String state, Instant since, Optional<String> reason) {}

    record Called(String function, boolean exists) {}

    record Callable(boolean now, String reason) {}

    record Route(String path, List<String> methods, String url) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Stats(
            long invocations,
            long errors,
            long timeouts,
            long refused,
            int inFlight,
            int waiting,
            OptionalLong p50Micros,
            OptionalLong p99Micros) {}

    record ReleaseList(List<Release> releases) {}

    record Release(
            int number,
            String artifact,
            Instant created,
            String entry,
            String state,
            List<String> aliases) {}

    record Deploy(
            Optional<String> manifest,
            Optional<String> artifact,
            Optional<String> alias,
            Optional<Boolean> dryRun) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Deployed(
            String outcome,
            OptionalInt release,
            @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Function> function,
            List<String> changes,
            List<ProblemView> warnings) {}

    record SetAlias(Optional<Map<String, Integer>> weights) {}

    record Rollback(OptionalInt release) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record LogLine(
            Instant time,
            String function,
            int release,
            Optional<String> invocation,
            Optional<String> trace,
            String level,
            String message) {}

    record InvocationList(List<Invocation> invocations) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Invocation(
            String id,
            String function,
            int release,
            String alias,
            String trigger,
            int attempt,
            Instant start,
            String status,
            OptionalInt httpStatus,
            Optional<String> code,
            Optional<String> error,
            long queueMicros,
            long loadMicros,
            long runMicros,
            Optional<String> trace,
            Optional<String> parent) {}

    record TriggerList(List<Trigger> triggers) {}

    record Trigger(
            String name,
            String kind,
            String source,
            String state,
            Optional<String> reason,
            Optional<Pause> pause,
            List<Instant> next,
            Optional<TriggerEvents> events) {}

    /** Who paused a trigger; {@code shared} says whether other nodes know. */
    record Pause(Instant at, String by, String reason, boolean shared) {}

    record SetPause(Optional<String> by, Optional<String> reason) {}

    /** Of a JetStream trigger: on this node, and, from {@code lag} on, on all of them. */
    record TriggerEvents(
            long handled,
            long retried,
            long refused,
            long filtered,
            long deadLetters,
            int active,
            OptionalLong lag,
            OptionalLong pending,
            OptionalLong redelivered,
            OptionalLong deadLettersKept) {}

    record SecretList(List<Secret> secrets) {}

    record Secret(String name, Instant updated) {}

    record Node(
            String id,
            String version,
            String java,
            Instant started,
            String state,
            String httpUrl,
            String adminUrl,
            String data,
            int functions,
            int loaded,
            int inFlight,
            Nats nats,
            List<String> warnings) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Nats(
            String mode,
            String state,
            String detail,
            Optional<String> url,
            Optional<String> version,
            Optional<String> durability,
            Optional<Instant> since,
            long reconnects,
            long restarts,
            boolean stopping,
            List<String> warnings) {}

    record Health(String status, List<Check> checks) {}

    record Check(String name, String status, String detail) {}
}
