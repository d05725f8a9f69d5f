package dev.treadle.trigger.nats;

import dev.treadle.trigger.InvocationRequest.Target;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** For tests of replays of the stream S. */
abstract class Replays extends NodesOnNats {
    static final Replay.Mode REAL = new Replay.Mode.Real(Target.live("f"));
    static final Replay.Mode DRY = new Replay.Mode.Dry(Target.live("f"));

    void stream(RetentionPolicy retention) throws Exception {
        outside.jetStreamManagement()
                .addStream(
                        StreamConfiguration.builder()
                                .name("S")
                                .subjects("s.>")
                                .retentionPolicy(retention)
                                .build());
    }

    /** The texts are their numbers. */
    void publish(int count) throws Exception {
        for (int i = 1; i <= count; i++) {
            outside.jetStream().publish("s.a", ("" + i).getBytes(StandardCharsets.UTF_8));
        }
    }

    static Selection from(long first, long last) {
        return new Selection(
                OptionalLong.of(first),
                OptionalLong.of(last),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Long.MAX_VALUE);
    }

    static Replay.Plan plan(NatsTriggerConfig trigger, Replay.Mode mode, Selection wanted) {
        return new Replay.Plan(trigger, wanted, mode, 0, Optional.empty());
    }

    static Heard replay(TestNode node, Replay.Mode mode, Selection wanted) {
        return run(node, plan(CONFIG, mode, wanted));
    }

    static Heard run(TestNode node, Replay.Plan plan) {
        Heard heard = new Heard(Integer.MAX_VALUE);
        heard.summary = run(node, plan, heard);
        return heard;
    }

    static Replay.Summary run(TestNode node, Replay.Plan plan, Heard heard) {
        return new Replay(node.session, node, node, new Random(1)).run(plan, heard);
    }

    static NatsTriggerConfig strict() {
        return ConfigChange.of(CONFIG).order(new EventOrder.Strict()).done();
    }
}
