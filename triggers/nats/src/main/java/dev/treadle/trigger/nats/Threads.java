package dev.treadle.trigger.nats;

import java.time.Duration;

/** Where work goes on and rests; an argument, so that it can be had without time passing. */
interface Threads {
    /** A virtual thread for each piece of work. */
    Threads VIRTUAL = new VirtualThreads();

    void start(String name, Runnable work);

    /** Rests the calling thread; an interrupt ends it early and stays set. */
    void pause(Duration pause);

    /** The real ones. */
    record VirtualThreads() implements Threads {
        @Override
        public void start(String name, Runnable work) {
            Thread.ofVirtual().name(name).start(work);
        }

        @Override
        public void pause(Duration pause) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
