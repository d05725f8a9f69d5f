package dev.treadle.cli.console;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Writes a failure to {@code err}, for people or as JSON. */
public final class FailureReport {
    private FailureReport() {}

    public static void print(Failure failure, Console console, boolean json) {
        if (json) {
            console.note(Documents.text(document(failure)));
        } else {
            lines(failure, console).forEach(console::note);
        }
    }

    private static List<String> lines(Failure failure, Console console) {
        List<String> lines = new ArrayList<>();
        String code = failure.code().map(id -> " (" + id + ")").orElse("");
        lines.add(console.paint(Console.Colour.RED, "Error: ") + failure.cause() + code);
        lines.addAll(failure.details());
        if (!failure.rule().isEmpty()) {
            lines.add("");
            lines.add(failure.rule());
        }
        if (!failure.tries().isEmpty()) {
            lines.add("");
            lines.add("Try:");
            failure.tries().forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    private static ObjectNode document(Failure failure) {
        ObjectNode document = Documents.object();
        ObjectNode error = document.putObject("error");
        error.put("cause", failure.cause());
        error.put("rule", failure.rule());
        failure.tries().forEach(error.putArray("try")::add);
        failure.details().forEach(error.putArray("details")::add);
        failure.code().ifPresent(id -> error.put("code", id));
        error.put("exitCode", failure.exitCode().number());
        return document;
    }
}
