package dev.treadle.cli;

import dev.treadle.cli.build.CompileFailure;
import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.FailureReport;
import dev.treadle.cli.dev.DevReport;
import dev.treadle.cli.dev.Timing;
import java.util.List;
import java.util.Set;

/** Tells people what happens while they develop. Safe for threads: each line is written whole. */
final class DevText implements DevReport {
    private final Console console;

    DevText(Console console) {
        this.console = console;
    }

    @Override
    public void live(String release, List<String> urls, List<String> inferred) {
        if (!inferred.isEmpty()) {
            console.say("No function.yaml: took " + String.join(", ", inferred));
        }
        urls.forEach(url -> console.say("URL      " + url));
        console.say("Release  " + release);
    }

    @Override
    public void served(Set<String> files, String release, Timing timing, boolean mended) {
        String again = mended ? console.paint(Console.Colour.GREEN, "mended: ") : "";
        console.say("%s: %s%s, %s".formatted(names(files), again, timing, release));
    }

    @Override
    public void unchanged(Set<String> files, String release) {
        console.say("%s: nothing changed, %s serves".formatted(names(files), release));
    }

    @Override
    public void broken(CompileFailure failure, String serving) {
        failure.errors().forEach(console::say);
        console.say(
                console.paint(Console.Colour.RED, failure.getMessage() + "; ") + keeps(serving));
    }

    @Override
    public void refused(Failure failure, String serving) {
        FailureReport.print(failure, console, false);
        console.say(keeps(serving));
    }

    @Override
    public void log(String json) {
        console.say(LogText.of(json, console));
    }

    @Override
    public void warn(String text) {
        console.warn(text);
    }

    private static String keeps(String serving) {
        return serving.isEmpty() ? "nothing serves yet" : serving + " keeps serving";
    }

    private static String names(Set<String> files) {
        return files.size() > 3 ? files.size() + " files" : String.join(", ", files);
    }
}
