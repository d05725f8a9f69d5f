package dev.treadle.server;

import sun.misc.Signal;

/**
 * SIGTERM and SIGINT. A shutdown hook would do too, but then the process ends with 128 + the
 * signal's number, which service managers take for a failure.
 */
final class StopSignals {
    private StopSignals() {}

    static void onStop(Runnable stop) {
        Signal.handle(new Signal("TERM"), _ -> stop.run());
        Signal.handle(new Signal("INT"), _ -> stop.run());
    }
}
