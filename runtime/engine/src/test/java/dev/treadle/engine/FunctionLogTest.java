package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class FunctionLogTest {
    private static final StackTraceElement FRAME =
            new StackTraceElement("app.Deep", "down", "Deep.java", 24);

    @Test
    void aRecursionWithoutEndIsToldInAFewLines() {
        assertThat(FunctionLog.stackTrace(endless()).lines())
                .hasSize(52)
                .startsWith(
                        "java.lang.IllegalStateException: deep", "\tat app.Deep.down(Deep.java:24)")
                .endsWith("\t... 950 more");
    }

    @Test
    void whatFollowsALongTraceIsNotLost() {
        IllegalStateException outer = new IllegalStateException("outer", new Exception("cause"));
        outer.setStackTrace(endless().getStackTrace());

        assertThat(FunctionLog.stackTrace(outer))
                .contains("\t... 950 more\nCaused by: java.lang.Exception: cause");
    }

    private static IllegalStateException endless() {
        IllegalStateException failure = new IllegalStateException("deep");
        failure.setStackTrace(Collections.nCopies(1_000, FRAME).toArray(StackTraceElement[]::new));
        return failure;
    }
}
