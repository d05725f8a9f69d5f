package dev.treadle.registry.files;

import dev.treadle.registry.Registry.Watch;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Tells listeners of changes, in the changes' order and one at a time. Safe for threads. */
final class Watches {
    private static final System.Logger LOG = System.getLogger(Watches.class.getName());

    private final CopyOnWriteArrayList<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Queue<String> changes = new ConcurrentLinkedQueue<>();

    /** Held while listeners are called. */
    private final ReentrantLock telling = new ReentrantLock();

    Watch add(Consumer<String> listener) {
        Subscription subscription = new Subscription(listener);
        subscriptions.add(subscription);
        return () -> subscriptions.remove(subscription);
    }

    /** Notes a change; to be called in the order of the changes. */
    void note(String name) {
        changes.add(name);
    }

    /** When this returns, the listeners know of all changes that were noted before the call. */
    void tell() {
        telling.lock();
        try {
            for (String name = changes.poll(); name != null; name = changes.poll()) {
                for (Subscription subscription : subscriptions) {
                    subscription.tell(name);
                }
            }
        } finally {
            telling.unlock();
        }
    }

    /** An identity of its own: one listener may watch twice. */
    private static final class Subscription {
        private final Consumer<String> listener;

        Subscription(Consumer<String> listener) {
            this.listener = listener;
        }

        /** The change is made whatever a listener does. */
        void tell(String name) {
            try {
                listener.accept(name);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a listener failed on the change of " + name, e);
            }
        }
    }
}
