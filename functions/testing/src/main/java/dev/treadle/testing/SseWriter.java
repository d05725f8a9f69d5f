package dev.treadle.testing;

import dev.treadle.SseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes an event stream (WHATWG HTML Living Standard, section 9.2.5). */
final class SseWriter implements SseBody.Sink {
    private final OutputStream out;

    SseWriter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void send(String data) throws IOException {
        send("", "", data);
    }

    @Override
    public void send(String event, String id, String data) throws IOException {
        StringBuilder text = new StringBuilder();
        if (!event.isEmpty()) {
            text.append("event: ").append(oneLine("type", event)).append('\n');
        }
        if (!id.isEmpty()) {
            text.append("id: ").append(oneLine("id", id)).append('\n');
        }
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        if (data.isEmpty()) {
            text.append("data:\n");
        }
        write(text.append('\n'));
    }

    @Override
    public void comment(String text) throws IOException {
        write(new StringBuilder(": ").append(oneLine("comment", text)).append("\n\n"));
    }

    private void write(StringBuilder text) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String oneLine(String what, String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException(
                    "the " + what + " of a server-sent event has a line break");
        }
        return text;
    }
}
