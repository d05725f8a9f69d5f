package dev.treadle.trigger.nats;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A trigger's settings with some of them changed. */
final class ConfigChange {
    private final NatsTriggerConfig base;
    private EventOrder order;
    private Optional<BatchRule> batch;
    private int concurrency;
    private RetryRule retry;
    private Optional<Duration> maxAge;
    private Optional<EventFilter> filter;
    private StartPosition start;
    private List<String> create;

    private ConfigChange(NatsTriggerConfig base) {
        this.base = base;
        this.order = base.order();
        this.batch = base.batch();
        this.concurrency = base.concurrency();
        this.retry = base.retry();
        this.maxAge = base.maxAge();
        this.filter = base.filter();
        this.start = base.start();
        this.create = base.create();
    }

    static ConfigChange of(NatsTriggerConfig base) {
        return new ConfigChange(base);
    }

    ConfigChange order(EventOrder wanted) {
        order = wanted;
        return this;
    }

    ConfigChange batch(BatchRule wanted) {
        batch = Optional.of(wanted);
        return this;
    }

    ConfigChange concurrency(int wanted) {
        concurrency = wanted;
        return this;
    }

    ConfigChange retry(RetryRule wanted) {
        retry = wanted;
        return this;
    }

    /** So many attempts, 20 ms apart. */
    ConfigChange attempts(int wanted) {
        return retry(new RetryRule(wanted, List.of(Duration.ofMillis(20)), RetryRule.Jitter.NONE));
    }

    ConfigChange maxAge(Duration wanted) {
        maxAge = Optional.of(wanted);
        return this;
    }

    ConfigChange filter(EventFilter wanted) {
        filter = Optional.of(wanted);
        return this;
    }

    ConfigChange start(StartPosition wanted) {
        start = wanted;
        return this;
    }

    ConfigChange create(List<String> wanted) {
        create = wanted;
        return this;
    }

    NatsTriggerConfig done() {
        return new NatsTriggerConfig(
                base.target(),
                base.name(),
                base.stream(),
                base.subject(),
                order,
                batch,
                concurrency,
                retry,
                maxAge,
                filter,
                start,
                create,
                base.ackWait());
    }
}
