package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** The function under proof in {@link KillRounds}: something derived for each of its numbers. */
enum Derive {
    /** On events, in no order. */
    EVENTS(
            """
              - nats:
                  stream: ORDERS
                  subject: orders.new.*
                  create: {subjects: ["orders.>"]}
                  retry: {attempts: 1000, backoff: [50ms, 500ms]}
            """),

    /** On events, in order by key. */
    EVENTS_BY_KEY(
            """
              - nats:
                  stream: ORDERS
                  subject: orders.new.*
                  create: {subjects: ["orders.>"]}
                  ordering: key
                  retry: {attempts: 1000, backoff: [50ms, 500ms]}
            """),

    /** On calls that are answered later. */
    CALLS(
            """
              - http:
                  path: /derive
                  methods: [POST]
                  async: {retry: {attempts: 1000, backoff: [50ms, 500ms]}}
            """);

    private static final String ON_EVENTS =
            """
            import dev.treadle.*;

            public final class Derive implements EventFunction {
                @Override
                public void handle(Event event, Context context) {
                    context.publish("derived.one", context.event("derived").text(event.text()).build());
                }
            }
            """;

    private static final String ON_CALLS =
            """
            import dev.treadle.*;

            public final class Derive implements HttpFunction {
                @Override
                public Response handle(Request request, Context context) {
                    context.publish("derived.one", context.event("derived").text(request.text()).build());
                    return Response.status(204);
                }
            }
            """;

    private final String trigger;

    Derive(String trigger) {
        this.trigger = trigger;
    }

    /** The stream that keeps what is to be done. */
    String stream() {
        return this == CALLS ? "TREADLE_ASYNC" : "ORDERS";
    }

    boolean isOfEvents() {
        return this != CALLS;
    }

    void deploy(Distribution distribution, TreadleProcess node) throws Exception {
        Map<String, String> files =
                Map.of(
                        "derive/function.yaml",
                        "schema: 1\nname: derive\nentry: Derive\ntriggers:\n" + trigger,
                        "derive/Derive.java",
                        isOfEvents() ? ON_EVENTS : ON_CALLS);
        for (Map.Entry<String, String> file : files.entrySet()) {
            distribution.write(file.getKey(), file.getValue());
        }
        Finished deployed = node.run("deploy", "derive");
        assertThat(deployed.status()).as(deployed.toString()).isZero();
    }
}
