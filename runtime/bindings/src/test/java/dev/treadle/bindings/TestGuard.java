package dev.treadle.bindings;

import dev.treadle.testkit.TestCall;
import java.time.Duration;

/** A guard that lets eight in. */
public final class TestGuard {
    private TestGuard() {}

    public static Guard of(Provider provider) {
        return new Guard(
                "cache",
                provider,
                new Turnstile(8, 100),
                new BindingMeter(),
                TestCall.PATIENT,
                Duration.ofSeconds(30));
    }
}
