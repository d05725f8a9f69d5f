package dev.treadle.cli;

import dev.treadle.cli.build.CompileFailure;
import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.dev.DevReport;
import dev.treadle.cli.dev.Timing;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Tells programs what happens while developing: one JSON object a line. Safe for threads. */
final class DevJson implements DevReport {
    private final Console console;

    DevJson(Console console) {
        this.console = console;
    }

    @Override
    public void live(String release, List<String> urls, List<String> inferred) {
        ObjectNode event = event("live", release);
        urls.forEach(event.putArray("urls")::add);
        inferred.forEach(event.putArray("inferred")::add);
        say(event);
    }

    @Override
    public void served(Set<String> files, String release, Timing timing, boolean mended) {
        ObjectNode event = event("served", release);
        files.forEach(event.putArray("files")::add);
        event.put("millis", timing.total().toMillis());
        event.put("compileMillis", timing.compile().toMillis());
        event.put("uploadMillis", timing.upload().toMillis());
        event.put("deployMillis", timing.deploy().toMillis());
        event.put("mended", mended);
        say(event);
    }

    @Override
    public void unchanged(Set<String> files, String release) {
        ObjectNode event = event("unchanged", release);
        files.forEach(event.putArray("files")::add);
        say(event);
    }

    @Override
    public void broken(CompileFailure failure, String serving) {
        ObjectNode event = event("broken", serving);
        failure.errors().forEach(event.putArray("errors")::add);
        say(event);
    }

    @Override
    public void refused(Failure failure, String serving) {
        say(event("refused", serving).put("cause", failure.cause()));
    }

    @Override
    public void log(String json) {
        ObjectNode event = Documents.object().put("event", "log");
        event.set("line", Documents.parse(json));
        say(event);
    }

    @Override
    public void warn(String text) {
        say(Documents.object().put("event", "warning").put("text", text));
    }

    private static ObjectNode event(String kind, String release) {
        return Documents.object().put("event", kind).put("release", release);
    }

    private void say(ObjectNode event) {
        console.say(Documents.line(event));
    }
}
