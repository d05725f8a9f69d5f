package dev.treadle.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What a call leaves on its thread is taken off again: the context class loader, and thread locals.
 * A connection's thread serves many calls, so a thread local that a function forgot would keep its
 * unloaded release in memory and show one function's value to another. Thread locals need {@code
 * --add-opens java.base/java.lang=ALL-UNNAMED}; without it they stay, as in any other server.
 */
final class ThreadState {
    /** Null without the option; a constant to the JIT either way, unlike an Optional's content. */
    private static final @Nullable VarHandle THREAD_LOCALS = threadLocals();

    private final Thread thread = Thread.currentThread();
    private final @Nullable ClassLoader loader = thread.getContextClassLoader();
    private final @Nullable Object locals;

    private ThreadState(ClassLoader function) {
        locals = THREAD_LOCALS == null ? null : (Object) THREAD_LOCALS.get(thread);
        if (THREAD_LOCALS != null && locals != null) {
            THREAD_LOCALS.set(thread, null);
        }
        thread.setContextClassLoader(function);
    }

    /** Puts the function's loader in place and all thread locals aside. */
    static ThreadState enter(ClassLoader function) {
        return new ThreadState(function);
    }

    /** Puts back what was there; on the same thread. */
    void leave() {
        thread.setContextClassLoader(loader);
        if (THREAD_LOCALS != null) {
            THREAD_LOCALS.set(thread, locals);
        }
    }

    /** Whether thread locals are taken off. */
    static boolean isolatesThreadLocals() {
        return THREAD_LOCALS != null;
    }

    private static @Nullable VarHandle threadLocals() {
        try {
            Class<?> map = Class.forName("java.lang.ThreadLocal$ThreadLocalMap");
            return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findVarHandle(Thread.class, "threadLocals", map);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
