package dev.treadle.cli.build;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names an artifact of a Maven repository. */
record Coordinates(String group, String artifact, String version, Optional<String> classifier) {
    private static final String PART = "([A-Za-z0-9_.-]+)";
    private static final Pattern FORM = Pattern.compile("%1$s:%1$s:%1$s(?::%1$s)?".formatted(PART));

    /** Reads {@code group:artifact:version[:classifier]}; empty when it is none. */
    static Optional<Coordinates> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(
                        new Coordinates(
                                form.group(1),
                                form.group(2),
                                form.group(3),
                                Optional.ofNullable(form.group(4))))
                : Optional.empty();
    }

    /** Whether the node brings it along, so that a function must not. */
    boolean isApi() {
        return isApi(group, artifact);
    }

    static boolean isApi(String group, String artifact) {
        return group.equals("dev.treadle") && artifact.equals("treadle-api");
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version + classifier.map(c -> ":" + c).orElse("");
    }
}
