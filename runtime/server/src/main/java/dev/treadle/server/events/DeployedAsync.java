package dev.treadle.server.events;

import dev.treadle.engine.Engine;
import dev.treadle.engine.Secrets;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Registry;
import dev.treadle.registry.Release;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.server.FunctionTriggers;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Releases;
import dev.treadle.trigger.http.StoredInput;
import dev.treadle.trigger.nats.AsyncFunctions;
import dev.treadle.trigger.nats.AsyncRule;
import dev.treadle.trigger.nats.AsyncRules;
import dev.treadle.trigger.nats.AsyncTrigger;
import dev.treadle.trigger.nats.CallbackHosts;
import dev.treadle.trigger.nats.Ledger;
import dev.treadle.trigger.nats.NatsSession;
import dev.treadle.trigger.nats.Outlets;
import dev.treadle.trigger.nats.WebhookSender;
import dev.treadle.trigger.nats.Webhooks;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the manifests of this node's functions say of calls that are answered later. Safe for
 * threads.
 */
public final class DeployedAsync implements AsyncRules {
    /** Calls that nobody waits for leave room for those that somebody does. */
    private static final int CONCURRENCY_MAX = 64;

    /** What webhooks are signed with. */
    private static final String WEBHOOK_SECRET = "WEBHOOK_SECRET";

    private final Registry registry;
    private final Releases releases;

    private DeployedAsync(Registry registry, Releases releases) {
        this.registry = registry;
        this.releases = releases;
    }

    /** What posts this node's webhooks; not started. */
    public static Webhooks webhooks(
            NatsSession session,
            Ledger ledger,
            WebhookSender sender,
            List<String> hosts,
            Secrets secrets,
            InstantSource clock) {
        return new Webhooks(
                session,
                ledger,
                new Webhooks.Posting(
                        sender,
                        new CallbackHosts(hosts),
                        () -> secrets.get(WEBHOOK_SECRET),
                        Webhooks.Posting.RETRY),
                AsyncTrigger.Pace.USUAL,
                new SharedRandom(),
                clock);
    }

    /** What runs this node's calls; not started. */
    public static AsyncTrigger trigger(
            Registry registry,
            Engine engine,
            NatsSession session,
            Ledger ledger,
            Outlets outlets,
            InstantSource clock) {
        return new AsyncTrigger(
                session,
                ledger,
                outlets,
                new AsyncFunctions(
                        engine, engine, new DeployedAsync(registry, engine), StoredInput::new),
                AsyncTrigger.Pace.USUAL,
                new AsyncTrigger.Chance(new SecureRandom(), new SharedRandom()),
                clock);
    }

    @Override
    public AsyncRule rule(String function, String trigger) {
        TriggerSpec.Async async =
                live(function)
                        .flatMap(manifest -> route(manifest, trigger))
                        .flatMap(TriggerSpec.Http::async)
                        .orElse(TriggerSpec.Async.DEFAULT);
        return new AsyncRule(
                TriggerSettings.retry(async.retry()),
                async.results(),
                TriggerSettings.destinations(async.destinations()));
    }

    /** The route of this name; the first one for what came by another way. */
    private static Optional<TriggerSpec.Http> route(Manifest manifest, String trigger) {
        return manifest.namedTriggers().get(trigger) instanceof TriggerSpec.Http http
                ? Optional.of(http)
                : manifest.routes().stream().findFirst();
    }

    @Override
    public OptionalInt concurrency(String function) {
        return live(function).map(Manifest::limits).map(Limits::concurrency).stream()
                .mapToInt(limit -> Math.min(limit, CONCURRENCY_MAX))
                .findFirst();
    }

    @Override
    public OptionalLong payloadBytesMax(Target target) {
        OptionalInt number = releases.choose(target, 0);
        Optional<Release> release =
                function(target.function())
                        .filter(_ -> number.isPresent())
                        .map(it -> it.releases().get(number.getAsInt()));
        return release.stream().mapToLong(it -> it.manifest().limits().payloadBytes()).findFirst();
    }

    /** The newest live release's; the newest of all when none is live. */
    private Optional<Manifest> live(String function) {
        return function(function)
                .map(it -> FunctionTriggers.manifest(it).orElseGet(() -> it.newest().manifest()));
    }

    private Optional<DeployedFunction> function(String name) {
        return registry.catalog().function(new FunctionName(name));
    }
}
