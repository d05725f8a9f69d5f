package dev.treadle.engine;

import org.jspecify.annotations.Nullable;

/**
 * Running calls of one timeout, oldest first, in a few stripes so that cores seldom meet. Safe for
 * threads.
 */
final class DeadlineList {
    private static final int STRIPES = 8;

    private final Stripe[] stripes = new Stripe[STRIPES];

    DeadlineList() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    void add(Expiring call) {
        Stripe stripe = stripes[(int) (Thread.currentThread().threadId() & (STRIPES - 1))];
        call.stripe = stripe;
        stripe.add(call);
    }

    void remove(Expiring call) {
        Stripe stripe = call.stripe;
        if (stripe != null) {
            stripe.remove(call);
        }
    }

    void expire(long now) {
        for (Stripe stripe : stripes) {
            for (Expiring call = stripe.popDue(now); call != null; call = stripe.popDue(now)) {
                call.expire();
            }
        }
    }

    /** Something with a deadline that can be in one list at a time. */
    abstract static class Expiring {
        private @Nullable Stripe stripe;
        private @Nullable Expiring before;
        private @Nullable Expiring after;

        /** When, on the scale of {@code System.nanoTime()}. */
        abstract long deadlineNanos();

        /** Called at most once, by the watchdog, after this has left the list. */
        abstract void expire();
    }

    /** A doubly linked list under its own lock. */
    private static final class Stripe {
        /** Volatile so that the watchdog passes empty stripes without the lock. */
        private volatile @Nullable Expiring first;

        private @Nullable Expiring last;

        synchronized void add(Expiring call) {
            Expiring tail = last;
            call.before = tail;
            if (tail == null) {
                first = call;
            } else {
                tail.after = call;
            }
            last = call;
        }

        synchronized void remove(Expiring call) {
            if (call.stripe == null) {
                return;
            }
            Expiring before = call.before;
            Expiring after = call.after;
            if (before == null) {
                first = after;
            } else {
                before.after = after;
            }
            if (after == null) {
                last = before;
            } else {
                after.before = before;
            }
            call.before = null;
            call.after = null;
            call.stripe = null;
        }

        @Nullable Expiring popDue(long now) {
            return first == null ? null : popHead(now);
        }

        private synchronized @Nullable Expiring popHead(long now) {
            Expiring head = first;
            if (head == null || head.deadlineNanos() - now > 0) {
                return null;
            }
            remove(head);
            return head;
        }
    }
}
