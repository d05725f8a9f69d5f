package dev.treadle.adapters;

import dev.treadle.Handler;
import dev.treadle.adapters.google.GoogleHandlers;
import dev.treadle.adapters.lambda.LambdaHandlers;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds the adapter for a handler by the names of the interfaces it implements. A vendor's classes
 * are touched only when the handler has one of its interfaces: a function has the classes of at
 * most one vendor in its jar.
 */
public final class Adapters {
    private static final String LAMBDA = "com.amazonaws.services.lambda.runtime.";
    private static final String GOOGLE = "com.google.cloud.functions.";

    private Adapters() {}

    /** What calls the handler; empty when it has no interface that is known here. */
    public static Optional<Handler> adapt(Object handler) {
        Set<String> interfaces = new HashSet<>();
        collect(handler.getClass(), interfaces);
        if (interfaces.contains(LAMBDA + "RequestStreamHandler")) {
            return Optional.of(LambdaHandlers.stream(handler));
        }
        if (interfaces.contains(LAMBDA + "RequestHandler")) {
            return Optional.of(LambdaHandlers.request(handler));
        }
        if (interfaces.contains(GOOGLE + "HttpFunction")) {
            return Optional.of(GoogleHandlers.http(handler));
        }
        if (interfaces.contains(GOOGLE + "TypedFunction")) {
            return Optional.of(GoogleHandlers.typed(handler));
        }
        if (interfaces.contains(GOOGLE + "CloudEventsFunction")) {
            return Optional.of(GoogleHandlers.cloudEvents(handler));
        }
        if (interfaces.contains(GOOGLE + "RawBackgroundFunction")) {
            return Optional.of(GoogleHandlers.rawBackground(handler));
        }
        if (interfaces.contains(GOOGLE + "BackgroundFunction")) {
            return Optional.of(GoogleHandlers.background(handler));
        }
        return switch (handler) {
            case Function<?, ?> function -> Optional.of(JavaHandler.function(function));
            case Consumer<?> consumer -> Optional.of(JavaHandler.consumer(consumer));
            case Supplier<?> supplier -> Optional.of(JavaHandler.supplier(supplier));
            default -> Optional.empty();
        };
    }

    private static void collect(Class<?> type, Set<String> interfaces) {
        for (Class<?> each : type.getInterfaces()) {
            interfaces.add(each.getName());
            collect(each, interfaces);
        }
        Class<?> parent = type.getSuperclass();
        if (parent != null) {
            collect(parent, interfaces);
        }
    }
}
