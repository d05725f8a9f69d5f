package dev.treadle.engine;

import dev.treadle.engine.DeadlineList.Expiring;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Running calls whose callers say how long they wait: in no order, so all are looked at. */
final class ImpatientCalls {
    private final Set<Expiring> calls = ConcurrentHashMap.newKeySet();

    void add(Expiring call) {
        calls.add(call);
    }

    void remove(Expiring call) {
        calls.remove(call);
    }

    void expire(long now) {
        for (Expiring call : calls) {
            if (call.deadlineNanos() - now <= 0 && calls.remove(call)) {
                call.expire();
            }
        }
    }
}
