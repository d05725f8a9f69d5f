package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;

class CarrierWatchTest {
    private final VirtualThreadSchedulerMXBean scheduler =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

    private volatile boolean spin = true;

    @Test
    void othersGoOnWhileMoreLoopsSpinThanThereAreCores() throws Exception {
        int carriers = scheduler.getParallelism();
        List<Thread> loops = new ArrayList<>();
        try (CarrierWatch _ = new CarrierWatch()) {
            for (int i = 0; i < carriers + 1; i++) {
                loops.add(Thread.ofVirtual().start(this::loop));
            }
            CountDownLatch served = new CountDownLatch(1);
            Thread.ofVirtual().start(served::countDown);
            assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(scheduler.getParallelism()).isGreaterThan(carriers);

            spin = false;
            for (Thread loop : loops) {
                assertThat(loop.join(Duration.ofSeconds(60))).isTrue();
            }
            Eventually.holds(() -> scheduler.getParallelism() == carriers);
        } finally {
            spin = false;
            scheduler.setParallelism(carriers);
        }
    }

    private void loop() {
        while (spin) {
            Thread.onSpinWait();
        }
    }
}
