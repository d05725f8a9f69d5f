package dev.treadle.samples.clock;

import dev.treadle.BadRequest;
import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.SseBody;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Ticks over server-sent events, a bounded number of times. Goes on after {@code Last-Event-ID}.
 */
public final class Clock implements HttpFunction {
    private final InstantSource time;
    private final Pause pause;

    /** As a node makes it: the system's clock, and real waiting. */
    public Clock() {
        this(InstantSource.system(), Thread::sleep);
    }

    Clock(InstantSource time, Pause pause) {
        this.time = time;
        this.pause = pause;
    }

    /** How to wait. */
    interface Pause {
        void last(Duration length) throws InterruptedException;
    }

    @Override
    public Response handle(Request request, Context context) {
        int ticks = number(request.queryParam("ticks").orElse("5"), "ticks", 1, 600);
        int millis = number(request.queryParam("millis").orElse("1000"), "millis", 10, 60_000);
        int seen = number(request.header("last-event-id").orElse("0"), "Last-Event-ID", 0, ticks);
        return Response.sse(sink -> tick(sink, seen, ticks, Duration.ofMillis(millis)));
    }

    private void tick(SseBody.Sink sink, int seen, int ticks, Duration every)
            throws IOException, InterruptedException {
        for (int tick = seen + 1; tick <= ticks; tick++) {
            if (tick > seen + 1) {
                pause.last(every);
            }
            sink.send("tick", Integer.toString(tick), time.instant().toString());
        }
    }

    private static int number(String text, String name, int least, int greatest) {
        int value;
        try {
            value = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            value = least - 1;
        }
        if (value < least || value > greatest) {
            throw new BadRequest(
                    name + " is '" + text + "', not a number from " + least + " to " + greatest);
        }
        return value;
    }
}
