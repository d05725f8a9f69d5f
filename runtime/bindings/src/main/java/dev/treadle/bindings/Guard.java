package dev.treadle.bindings;

import dev.treadle.BindingFailed;
import dev.treadle.BindingFailed.Reason;
import dev.treadle.Invocation;
import dev.treadle.TensorMismatch;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every call of a binding passes: a place at the provider, the invocation's deadline, the
 * meter, and one form for all failures.
 *
 * @param binding its name in the manifest
 * @param provider for people
 * @param turnstile of the provider
 * @param meter of the binding
 * @param call the invocation that the call belongs to
 * @param patience how long to wait for a place, if the invocation has as much time left
 */
public record Guard(
        String binding,
        Provider provider,
        Turnstile turnstile,
        BindingMeter meter,
        Invocation call,
        Duration patience) {

    /** Runs one call of the provider. */
    public <T> T run(Supplier<T> work) {
        long began = System.nanoTime();
        boolean succeeded = false;
        enter();
        try {
            T result = provider.passesTrace() ? CallTrace.within(call, work) : work.get();
            succeeded = true;
            return result;
        } catch (StoreFailure e) {
            throw failed(e.reason(), e.detail(), e);
        } catch (IllegalArgumentException
                | TensorMismatch
                | UncheckedIOException
                | UnsupportedOperationException e) {
            succeeded = true; // the function's mistake, not the provider's
            throw e;
        } finally {
            turnstile.leave();
            meter.ran(System.nanoTime() - began, succeeded);
        }
    }

    private void enter() {
        if (!turnstile.enterNow()) {
            await();
        }
    }

    private void await() {
        Duration left = call.remaining();
        Duration wait = left.compareTo(patience) < 0 ? left : patience;
        try {
            if (turnstile.awaitPlace(wait)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            meter.refused();
            throw failed(Reason.UNAVAILABLE, "interrupted while it waited for a place", e);
        }
        meter.refused();
        throw failed(
                Reason.BUSY,
                "no place within %d ms: %s at once on this node"
                        .formatted(wait.toMillis(), turnstile.limits()),
                null);
    }

    private BindingFailed failed(Reason reason, String detail, @Nullable Throwable cause) {
        return new BindingFailed(binding, provider.text(), reason, detail, cause);
    }
}
