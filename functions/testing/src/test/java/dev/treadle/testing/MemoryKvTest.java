package dev.treadle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Event;
import dev.treadle.EventFunction;
import dev.treadle.Kv;
import dev.treadle.testkit.KvContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryKvTest extends KvContract {
    @Override
    protected Kv fresh() {
        return MemoryKv.create();
    }

    @Override
    protected Kv freshWithTtl() {
        return MemoryKv.create().ttl(bindingTtl());
    }

    @Test
    void keysEndByTheTestsClock() {
        VirtualClock clock = VirtualClock.at("2026-11-01T12:00:00Z");
        MemoryKv kv = MemoryKv.on(clock).ttl(Duration.ofHours(1));
        kv.put("a", "v");

        clock.advance(Duration.ofMinutes(59));
        assertThat(kv.get("a")).isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(kv.get("a")).isEmpty();
    }

    @Test
    void aFunctionUsesWhatTheTestGivesIt() {
        MemoryKv kv = MemoryKv.create();
        EventFunction counter = (event, context) -> context.kv("seen").add(event.type(), 1);
        try (TestFunction function = TestFunction.of(counter).kv("seen", kv)) {
            Event event = function.newEvent("order").build();
            function.event(event);
            function.event(event);
        }

        assertThat(kv.get("order").orElseThrow().text()).isEqualTo("2");
    }

    @Test
    void whatIsNotBoundIsSaid() {
        EventFunction counter = (event, context) -> context.kv("seen").add(event.type(), 1);
        try (TestFunction function = TestFunction.of(counter).name("counter")) {
            EventResult result = function.event(function.newEvent("order").build());

            assertThat(result).asString().contains("counter has no kv binding 'seen'");
        }
    }
}
