package dev.treadle.trigger.http;

import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.AsyncCalls;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.StoredRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps requests in memory and runs none. */
final class FakeAsyncCalls implements AsyncCalls {
    static final long BYTES_MAX = 1_000;

    final List<StoredRequest> stored = new CopyOnWriteArrayList<>();
    final Map<String, AsyncCall> calls = new ConcurrentHashMap<>();
    volatile @Nullable Rejected rejected;
    private final AtomicInteger ids = new AtomicInteger();

    @Override
    public String newId() {
        return "01CALL%020d".formatted(ids.incrementAndGet());
    }

    @Override
    public Room admit(Target target, Optional<String> callback) {
        throwRejected();
        return new Room(BYTES_MAX, "the function's limits.payload");
    }

    @Override
    public void store(StoredRequest request) {
        stored.add(request);
        put(request.id(), AsyncCall.State.QUEUED);
    }

    @Override
    public Optional<AsyncCall> find(String id) {
        throwRejected();
        return Optional.ofNullable(calls.get(id));
    }

    @Override
    public Optional<AsyncCall> cancel(String id) {
        Optional<AsyncCall> call = find(id);
        if (call.isPresent() && !call.get().state().hasEnded()) {
            put(id, AsyncCall.State.CANCELLED);
        }
        return find(id);
    }

    void put(String id, AsyncCall.State state) {
        put(
                new AsyncCall(
                        id,
                        "f",
                        state,
                        1,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    void put(AsyncCall call) {
        calls.put(call.id(), call);
    }

    private void throwRejected() {
        Rejected now = rejected;
        if (now != null) {
            throw now;
        }
    }
}
