package dev.treadle.cli.build;

import dev.treadle.cli.console.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * Writes what the compiler found as javac does: file, line, message, the line itself and a caret.
 */
final class CompileErrors {
    private final Environment environment;

    CompileErrors(Environment environment) {
        this.environment = environment;
    }

    List<String> lines(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        List<String> lines = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics) {
            if (diagnostic.getKind() != Diagnostic.Kind.NOTE) {
                add(diagnostic, lines);
            }
        }
        return lines;
    }

    private void add(Diagnostic<? extends JavaFileObject> diagnostic, List<String> lines) {
        String kind = diagnostic.getKind() == Diagnostic.Kind.ERROR ? "error" : "warning";
        List<String> message = diagnostic.getMessage(Locale.ROOT).lines().toList();
        if (diagnostic.getSource() == null) {
            lines.add(kind + ": " + message.getFirst());
        } else {
            lines.add(
                    "%s:%d: %s: %s"
                            .formatted(
                                    environment.show(Path.of(diagnostic.getSource().toUri())),
                                    diagnostic.getLineNumber(),
                                    kind,
                                    message.getFirst()));
            addSource(diagnostic, lines);
        }
        lines.addAll(message.subList(1, message.size()));
    }

    private static void addSource(
            Diagnostic<? extends JavaFileObject> diagnostic, List<String> lines) {
        if (diagnostic.getPosition() == Diagnostic.NOPOS) {
            return;
        }
        try {
            CharSequence text = diagnostic.getSource().getCharContent(true);
            int position = (int) Math.min(diagnostic.getPosition(), text.length());
            int start = position;
            while (start > 0 && text.charAt(start - 1) != '\n') {
                start--;
            }
            int end = position;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            String before = text.subSequence(start, position).toString();
            lines.add(text.subSequence(start, end).toString());
            lines.add(before.replaceAll("[^\t]", " ") + "^");
        } catch (IOException e) {
            lines.add("(the source cannot be read: " + e.getMessage() + ")");
        }
    }
}
