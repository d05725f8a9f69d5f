package dev.treadle.benchmarks.functions;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import java.util.concurrent.CountDownLatch;

/** Waits until an event without data comes. */
public final class Parked implements EventFunction {
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void handle(Event event, Context context) throws InterruptedException {
        if (event.data().length == 0) {
            released.countDown();
        }
        released.await();
    }
}
