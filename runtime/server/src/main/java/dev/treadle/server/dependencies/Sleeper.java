package dev.treadle.server.dependencies;

import java.time.Duration;

/** Lets time pass. */
interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
}
