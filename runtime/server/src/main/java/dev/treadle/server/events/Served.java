package dev.treadle.server.events;

import dev.treadle.trigger.Trigger;
import dev.treadle.trigger.nats.NatsTrigger;
import dev.treadle.trigger.nats.NatsTriggerConfig;
import dev.treadle.trigger.nats.RpcTrigger;
import dev.treadle.trigger.nats.RpcTriggerConfig;
import java.time.Duration;
import java.util.Optional;

/** A trigger that runs, with the settings that it was made from. */
sealed interface Served {
    Trigger trigger();

    /** Has it take nothing in for this reason, or go on when there is none. */
    void rest(Optional<String> reason);

    /**
     * Of a stream.
     *
     * @param kept how long its dead letters are
     */
    record Stream(NatsTriggerConfig config, Duration kept, NatsTrigger trigger) implements Served {
        @Override
        public void rest(Optional<String> reason) {
            reason.ifPresentOrElse(trigger::pause, trigger::resume);
        }
    }

    /** Of requests. */
    record Requests(RpcTriggerConfig config, RpcTrigger trigger) implements Served {
        @Override
        public void rest(Optional<String> reason) {
            trigger.pause(reason.isPresent());
        }
    }
}
