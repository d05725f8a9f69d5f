package dev.treadle.trigger.nats;

/** The lease of a trigger that one node has, as its bucket holds it. */
final class SimulatedLease {
    private String holder = "";
    private long revision = 1;

    String holder() {
        return holder;
    }

    long revision() {
        return revision;
    }

    long write(String by) {
        holder = by;
        return ++revision;
    }
}
