package dev.treadle.trigger.nats;

import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** Every way of having events run keeps {@link DeliveryContract}. */
class DeliveryContractTest {
    @Nested
    class InNoOrder extends DeliveryContract {
        @Override
        NatsTriggerConfig way() {
            return CONFIG;
        }
    }

    @Nested
    class OneAtATime extends DeliveryContract {
        @Override
        NatsTriggerConfig way() {
            return ConfigChange.of(CONFIG).order(new EventOrder.Strict()).done();
        }
    }

    @Nested
    class InOrderByKey extends DeliveryContract {
        @Override
        NatsTriggerConfig way() {
            return ConfigChange.of(CONFIG).order(new EventOrder.Key(new EventKey.Subject())).done();
        }
    }

    @Nested
    class InBatches extends DeliveryContract {
        @Override
        NatsTriggerConfig way() {
            return ConfigChange.of(CONFIG)
                    .batch(new BatchRule(4, Duration.ofMillis(20)))
                    .concurrency(2)
                    .done();
        }
    }
}
