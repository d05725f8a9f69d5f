package dev.treadle.trigger.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by text, in an open-addressed table, so that a part of a path is looked up without being
 * cut out of it. Never changes: a change makes another table, by one copy of an array, which is
 * what makes a deploy cheap on a node with thousands of routes. Safe for threads.
 */
final class TextTable<V> {
    /** Each text with its value behind it. */
    private final @Nullable Object[] slots;

    private final int size;

    private TextTable(@Nullable Object[] slots, int size) {
        this.slots = slots;
        this.size = size;
    }

    static <V> TextTable<V> empty() {
        return new TextTable<>(room(0), 0);
    }

    /** At most half full, or else searches get long. */
    private static @Nullable Object[] room(int size) {
        return new @Nullable Object[Integer.highestOneBit(Math.max(1, size)) * 8];
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Nullable V get(String text) {
        return get(text.hashCode(), text, 0, text.length());
    }

    /**
     * The value for a part of a path.
     *
     * @param hash the part's, as {@link String#hashCode()} has it
     */
    @Nullable V get(int hash, String path, int from, int end) {
        int slot = find(slots, hash, path, from, end);
        return slots[slot] == null ? null : value(slots[slot + 1]);
    }

    /** The same with other values for some texts; an empty one takes its text out. */
    TextTable<V> with(Map<String, Optional<V>> changes) {
        boolean removes =
                changes.entrySet().stream()
                        .anyMatch(
                                change ->
                                        change.getValue().isEmpty()
                                                && get(change.getKey()) != null);
        @Nullable Object[] roomy = room(size + changes.size());
        Draft draft =
                removes || roomy.length > slots.length
                        ? new Draft(roomy, 0)
                        : new Draft(slots.clone(), size);
        if (draft.size == 0) {
            forEach(
                    (text, value) -> {
                        if (!changes.containsKey(text)) {
                            draft.put(text, value);
                        }
                    });
        }
        changes.forEach((text, value) -> value.ifPresent(v -> draft.put(text, v)));
        return new TextTable<>(draft.slots, draft.size);
    }

    private void forEach(BiConsumer<String, V> each) {
        for (int slot = 0; slot < slots.length; slot += 2) {
            if (slots[slot] instanceof String text) {
                each.accept(text, value(slots[slot + 1]));
            }
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // behind a text there is always a value
    private V value(@Nullable Object value) {
        return (V) value;
    }

    /** The slot that has the text, or the empty one where it would be. */
    private static int find(@Nullable Object[] slots, int hash, String path, int from, int end) {
        int length = end - from;
        int mask = slots.length - 1;
        int slot = ((hash ^ hash >>> 16) << 1) & mask;
        while (slots[slot] instanceof String text
                && !(text.length() == length && path.startsWith(text, from))) {
            slot = (slot + 2) & mask;
        }
        return slot;
    }

    /** A table while it is filled. */
    private static final class Draft {
        private final @Nullable Object[] slots;
        private int size;

        Draft(@Nullable Object[] slots, int size) {
            this.slots = slots;
            this.size = size;
        }

        void put(String text, Object value) {
            int slot = find(slots, text.hashCode(), text, 0, text.length());
            size += slots[slot] == null ? 1 : 0;
            slots[slot] = text;
            slots[slot + 1] = value;
        }
    }
}
