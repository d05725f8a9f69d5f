package dev.treadle.trigger;

import dev.treadle.SseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Frames server-sent events (WHATWG HTML Living Standard, section 9.2.5) and flushes each. For one
 * thread.
 */
public final class SseWriter implements SseBody.Sink {
    private final OutputStream out;

    public SseWriter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void send(String data) throws IOException {
        send("", "", data);
    }

    @Override
    public void send(String event, String id, String data) throws IOException {
        StringBuilder frame = new StringBuilder(data.length() + 32);
        field(frame, "event", event);
        field(frame, "id", id);
        data.lines().forEach(line -> frame.append("data: ").append(line).append('\n'));
        if (data.isEmpty()) {
            frame.append("data:\n");
        }
        write(frame.append('\n'));
    }

    @Override
    public void comment(String text) throws IOException {
        StringBuilder frame = new StringBuilder(text.length() + 8);
        text.lines().forEach(line -> frame.append(": ").append(line).append('\n'));
        write(frame.append('\n'));
    }

    private static void field(StringBuilder frame, String name, String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "the " + name + " of a server-sent event is one line");
        }
        if (!value.isEmpty()) {
            frame.append(name).append(": ").append(value).append('\n');
        }
    }

    private void write(StringBuilder frame) throws IOException {
        out.write(frame.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
