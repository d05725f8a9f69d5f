package dev.treadle.registry.manifest;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns text into a tree of nodes, within bounds: a manifest may come from anybody. */
final class Yaml {
    static final int CHARACTERS_MAX = 256 * 1024;
    static final int DEPTH_MAX = 20;
    static final int ALIASES_MAX = 20;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder()
                    .setLabel("function.yaml")
                    .setCodePointLimit(CHARACTERS_MAX)
                    .build();

    private Yaml() {}

    /** The document; empty, and an error told, when the text is none that we read. */
    static Optional<Node> compose(String text, Problems problems) {
        if (text.length() > CHARACTERS_MAX) {
            refuse(
                    1,
                    CHARACTERS_MAX + " characters at most",
                    text.length() + " characters",
                    problems);
            return Optional.empty();
        }
        try {
            if (!isBounded(text, problems)) {
                return Optional.empty();
            }
            Optional<Node> root = new Compose(SETTINGS).composeString(text);
            if (root.isEmpty()) {
                refuse(1, "a manifest", "an empty document", problems);
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(0) + 1;
            refuse(line, "YAML", "a syntax error (" + oneLine(e.getProblem()) + ")", problems);
        } catch (YamlEngineException e) {
            refuse(
                    1,
                    "YAML",
                    "a syntax error (" + oneLine(String.valueOf(e.getMessage())) + ")",
                    problems);
        }
        return Optional.empty();
    }

    /**
     * Looks at the flat events first, since building a tree that is too deep would overflow the
     * stack.
     */
    private static boolean isBounded(String text, Problems problems) {
        int depth = 0;
        int aliases = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                case Alias -> aliases++;
                default -> {}
            }
            int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
            if (depth > DEPTH_MAX) {
                refuse(line, "at most " + DEPTH_MAX + " levels of nesting", "more", problems);
                return false;
            }
            if (aliases > ALIASES_MAX) {
                refuse(line, "at most " + ALIASES_MAX + " aliases (*name)", "more", problems);
                return false;
            }
        }
        return true;
    }

    private static void refuse(int line, String expected, String found, Problems problems) {
        String message = "the document: expected %s, found %s".formatted(expected, found);
        problems.error(new Problem("", line, expected, found, Optional.empty(), message));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
