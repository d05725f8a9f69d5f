package dev.treadle.trigger.nats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is here and has not ended yet, by sequence. Sequences that are here at one time are mostly
 * near each other, so nearly each finds a place of its own in an array: no object is made for it,
 * and the thread that all events come through meets none of those that end them. Safe for threads.
 */
final class Deliveries {
    private static final int PLACES_LEAST = 64;

    /** A sequence's place is its remainder. Set under this, cleared without. */
    private final AtomicReferenceArray<@Nullable Delivery> places;

    /** Those whose place was taken; put in under this, removed without. */
    private final Map<Long, Delivery> others = new ConcurrentHashMap<>();

    /**
     * @param permits how many may be here at once
     */
    Deliveries(int permits) {
        int places = Integer.highestOneBit(Math.max(PLACES_LEAST, permits)) * 2;
        this.places = new AtomicReferenceArray<>(places);
    }

    private int place(Delivery delivery) {
        return (int) delivery.sequence() & (places.length() - 1);
    }

    /**
     * Takes a delivery in, unless an earlier one of the same event is here; one that has its answer
     * already is on its way out and does not count.
     *
     * @return whether it was taken in
     */
    synchronized boolean take(Delivery delivery) {
        int place = place(delivery);
        Delivery there = places.get(place);
        if (there != null && there.sequence() == delivery.sequence()) {
            boolean free = there.isAnswered();
            if (free) {
                places.set(place, delivery);
            }
            return free;
        }
        if (there == null && others.isEmpty()) {
            places.set(place, delivery);
            return true;
        }
        return takeAside(delivery);
    }

    private boolean takeAside(Delivery delivery) {
        Delivery there = others.get(delivery.sequence());
        if (there != null && !there.isAnswered()) {
            return false;
        }
        others.put(delivery.sequence(), delivery);
        return true;
    }

    /** A delivery has ended. */
    void end(Delivery delivery) {
        if (!places.compareAndSet(place(delivery), delivery, null)) {
            others.remove(delivery.sequence(), delivery);
        }
    }

    /** Shows all that are here, in no order. */
    void forEach(Consumer<Delivery> look) {
        for (int i = 0; i < places.length(); i++) {
            Delivery there = places.get(i);
            if (there != null) {
                look.accept(there);
            }
        }
        others.values().forEach(look);
    }
}
