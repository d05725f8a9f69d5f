package dev.treadle.trigger.http;

import dev.treadle.trigger.PercentCoding;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in the tree of path segments. Children that are text lie in an open-addressed table, so
 * that a part of the path is looked up without being cut out of it.
 */
final class PathNode {
    private final String[] texts;
    private final PathNode[] children;
    final @Nullable PathNode variable;
    final @Nullable Endpoints rest;
    final @Nullable Endpoints here;

    PathNode(
            Map<String, PathNode> literals,
            @Nullable PathNode variable,
            @Nullable Endpoints rest,
            @Nullable Endpoints here) {
        int size = Integer.highestOneBit(Math.max(1, literals.size())) * 4;
        this.texts = new String[size];
        this.children = new PathNode[size];
        this.variable = variable;
        this.rest = rest;
        this.here = here;
        literals.forEach(this::put);
    }

    /** The child for the text between two places of a path; escapes are decoded. */
    @Nullable PathNode literal(String path, int from, int end) {
        int hash = 0;
        for (int i = from; i < end; i++) {
            char c = path.charAt(i);
            if (c == '%') {
                return decodedLiteral(path.substring(from, end));
            }
            hash = 31 * hash + c;
        }
        return child(hash, path, from, end);
    }

    private @Nullable PathNode decodedLiteral(String segment) {
        try {
            String text = PercentCoding.decode(segment);
            return child(text.hashCode(), text, 0, text.length());
        } catch (IllegalArgumentException e) {
            throw new BadPath("the path cannot be decoded: " + e.getMessage());
        }
    }

    private @Nullable PathNode child(int hash, String path, int from, int end) {
        int length = end - from;
        for (int slot = slot(hash); texts[slot] != null; slot = (slot + 1) & (texts.length - 1)) {
            String text = texts[slot];
            if (text.length() == length && path.startsWith(text, from)) {
                return children[slot];
            }
        }
        return null;
    }

    private void put(String text, PathNode child) {
        int slot = slot(text.hashCode());
        while (texts[slot] != null) {
            slot = (slot + 1) & (texts.length - 1);
        }
        texts[slot] = text;
        children[slot] = child;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 16) & (texts.length - 1);
    }
}
