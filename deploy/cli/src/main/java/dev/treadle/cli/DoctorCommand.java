package dev.treadle.cli;

import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Looks at what Treadle needs on this machine; each finding says what to do about it. */
@Command(name = "doctor", description = "Check what Treadle needs on this machine.")
final class DoctorCommand implements Callable<Integer> {
    private final Session session;

    @Mixin private final NodeOption node = new NodeOption();
    @Mixin private final OutputOptions output = new OutputOptions();

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new Doctor(session.environment()).examine(node.locate(session));
        boolean failed = findings.stream().anyMatch(f -> f.verdict() == Finding.Verdict.FAIL);
        output.print(session.console(), document(findings), () -> findings.forEach(this::tell));
        return failed ? 1 : 0;
    }

    private void tell(Finding finding) {
        Console console = session.console();
        String verdict = "%-4s".formatted(finding.verdict().word());
        String painted =
                switch (finding.verdict()) {
                    case OK -> console.paint(Console.Colour.GREEN, verdict);
                    case WARN -> console.paint(Console.Colour.YELLOW, verdict);
                    case FAIL -> console.paint(Console.Colour.RED, verdict);
                };
        console.say("%s  %-9s %s".formatted(painted, finding.subject(), finding.text()));
        finding.tryThis().ifPresent(line -> console.say(" ".repeat(16) + "Try: " + line));
    }

    private static ObjectNode document(List<Finding> findings) {
        ObjectNode document = Documents.object();
        ArrayNode checks = document.putArray("checks");
        for (Finding finding : findings) {
            ObjectNode check = checks.addObject();
            check.put("name", finding.subject());
            check.put("verdict", finding.verdict().word());
            check.put("detail", finding.text());
            finding.tryThis().ifPresent(line -> check.put("try", line));
        }
        return document;
    }
}
