package dev.treadle.engine;

import dev.treadle.registry.Limits;
import java.time.Duration;
import java.util.List;

/** Functions that call others, and what they call. */
final class Callers {
    /** Calls {@code callee} with its text and says what came of it. */
    static final String ASKS =
            """
            public class Asks implements HttpFunction {
                public Response handle(Request request, Context context) {
                    try {
                        return Response.text(context.call("callee", request.text(), String.class));
                    } catch (CallFailed e) {
                        return Response.text(
                                e.code() + " " + e.owner() + " " + e.status() + " "
                                        + e.permanent() + " " + e.pause() + " " + e.detail());
                    }
                }
            }
            """;

    /** As {@link #ASKS}, and lets failures through. */
    static final String PASSES =
            """
            public class Passes implements HttpFunction {
                public Response handle(Request request, Context context) {
                    return Response.text(context.call("callee", request.text(), String.class));
                }
            }
            """;

    static final String ECHO =
            """
            public class Echo implements TypedFunction<String, String> {
                public String handle(String text, Context context) { return text; }
            }
            """;

    private Callers() {}

    static void deploy(Deployment deployed, String source, String... calls) throws Exception {
        deployed.deploy("caller", Deployment.QUICK, List.of(calls), source);
    }

    static Limits wide() {
        return new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), 32, 8, 1024);
    }

    static String throwing(String exception) {
        return """
                public class Throws implements TypedFunction<String, String> {
                    public String handle(String text, Context context) { throw %s; }
                }
                """
                .formatted(exception);
    }

    static String sleeping() {
        return """
                public class Sleeps implements TypedFunction<String, String> {
                    public String handle(String text, Context context) throws Exception {
                        new CountDownLatch(1).await();
                        return "";
                    }
                }
                """;
    }
}
