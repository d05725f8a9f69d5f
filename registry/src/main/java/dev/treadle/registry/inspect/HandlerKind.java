package dev.treadle.registry.inspect;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What makes a class a handler. A class of several kinds counts as the first of them. */
public enum HandlerKind {
    TREADLE_HTTP("dev.treadle.HttpFunction"),
    TREADLE_EVENT("dev.treadle.EventFunction"),
    TREADLE_BATCH("dev.treadle.BatchFunction"),
    TREADLE_TYPED("dev.treadle.TypedFunction"),
    LAMBDA_REQUEST("com.amazonaws.services.lambda.runtime.RequestHandler"),
    LAMBDA_STREAM("com.amazonaws.services.lambda.runtime.RequestStreamHandler"),
    GOOGLE_HTTP("com.google.cloud.functions.HttpFunction"),
    GOOGLE_TYPED("com.google.cloud.functions.TypedFunction"),
    GOOGLE_CLOUD_EVENTS("com.google.cloud.functions.CloudEventsFunction"),
    GOOGLE_BACKGROUND("com.google.cloud.functions.BackgroundFunction"),
    GOOGLE_RAW_BACKGROUND("com.google.cloud.functions.RawBackgroundFunction"),
    JAVA_FUNCTION("java.util.function.Function"),
    JAVA_CONSUMER("java.util.function.Consumer"),
    JAVA_SUPPLIER("java.util.function.Supplier");

    private static final Map<String, HandlerKind> BY_NAME =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(k -> k.interfaceName, k -> k));

    private final String interfaceName;

    HandlerKind(String interfaceName) {
        this.interfaceName = interfaceName;
    }

    /** The interface that a handler of this kind implements. */
    public String interfaceName() {
        return interfaceName;
    }

    /**
     * Whether classes implement the interface for many other reasons too, so that it says little
     * about what was meant.
     */
    public boolean isGeneral() {
        return switch (this) {
            case JAVA_FUNCTION, JAVA_CONSUMER, JAVA_SUPPLIER -> true;
            case TREADLE_HTTP,
                    TREADLE_EVENT,
                    TREADLE_BATCH,
                    TREADLE_TYPED,
                    LAMBDA_REQUEST,
                    LAMBDA_STREAM,
                    GOOGLE_HTTP,
                    GOOGLE_TYPED,
                    GOOGLE_CLOUD_EVENTS,
                    GOOGLE_BACKGROUND,
                    GOOGLE_RAW_BACKGROUND ->
                    false;
        };
    }

    static Optional<HandlerKind> ofInterface(String name) {
        // The only interface of the JDK that extends one of these and is implemented by hand.
        String known =
                name.equals("java.util.function.UnaryOperator")
                        ? JAVA_FUNCTION.interfaceName
                        : name;
        return Optional.ofNullable(BY_NAME.get(known));
    }
}
