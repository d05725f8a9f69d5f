package dev.treadle.trigger.http;

import dev.treadle.trigger.PercentCoding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A route's path: segments that are text, {@code {name}} for one segment that is not empty, or a
 * last {@code {name...}} for all that follow, be it nothing.
 *
 * @param text as it was written
 * @param segments in order; the root {@code /} is one empty literal
 */
public record PathTemplate(String text, List<Segment> segments) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    public PathTemplate {
        segments = List.copyOf(segments);
    }

    /** One part between slashes. */
    public sealed interface Segment {
        /** Text, decoded. */
        record Literal(String text) implements Segment {}

        /** Exactly one segment. */
        record Variable(String name) implements Segment {}

        /** All that follow. */
        record Rest(String name) implements Segment {}
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static PathTemplate parse(String text) {
        if (!text.startsWith("/")) {
            throw wrong(text, "it must begin with /");
        }
        String[] parts = text.substring(1).split("/", -1);
        List<Segment> segments = new ArrayList<>(parts.length);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].isEmpty() && !last) {
                throw wrong(text, "it has an empty segment");
            }
            segments.add(segment(text, parts[i], last, names));
        }
        return new PathTemplate(text, segments);
    }

    /** Two templates of the same shape match the same paths. */
    public String shape() {
        StringBuilder shape = new StringBuilder();
        for (Segment segment : segments) {
            shape.append('/');
            switch (segment) {
                case Segment.Literal(String literal) -> shape.append(literal.replace("{", "{{"));
                case Segment.Variable _ -> shape.append("{}");
                case Segment.Rest _ -> shape.append("{...}");
            }
        }
        return shape.toString();
    }

    /** Names of the variables, in order. */
    public List<String> variables() {
        List<String> names = new ArrayList<>();
        for (Segment segment : segments) {
            switch (segment) {
                case Segment.Literal _ -> {}
                case Segment.Variable(String name) -> names.add(name);
                case Segment.Rest(String name) -> names.add(name);
            }
        }
        return names;
    }

    private static Segment segment(String text, String part, boolean last, Set<String> names) {
        if (!part.startsWith("{")) {
            return new Segment.Literal(literal(text, part));
        }
        if (!part.endsWith("}")) {
            throw wrong(text, "a variable takes a whole segment, as in /{name}/");
        }
        boolean rest = part.endsWith("...}");
        String name = part.substring(1, part.length() - (rest ? 4 : 1));
        if (!NAME.matcher(name).matches()) {
            throw wrong(text, "'" + name + "' is not a variable name");
        }
        if (!names.add(name)) {
            throw wrong(text, "the variable '" + name + "' appears twice");
        }
        if (rest && !last) {
            throw wrong(text, "{" + name + "...} must be the last segment");
        }
        return rest ? new Segment.Rest(name) : new Segment.Variable(name);
    }

    private static String literal(String text, String part) {
        if (part.indexOf('{') >= 0 || part.indexOf('}') >= 0) {
            throw wrong(text, "a variable takes a whole segment, as in /{name}/");
        }
        if (part.indexOf('?') >= 0 || part.indexOf('#') >= 0) {
            throw wrong(text, "it must not have a query or a fragment");
        }
        try {
            return PercentCoding.decode(part);
        } catch (IllegalArgumentException e) {
            throw wrong(text, e.getMessage() == null ? "it is badly encoded" : e.getMessage());
        }
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("the path template '" + text + "' is wrong: " + why);
    }
}
