package dev.treadle.bindings.search;

import dev.treadle.SearchDocument.Flag;
import dev.treadle.SearchDocument.Keywords;
import dev.treadle.SearchDocument.Number;
import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Time;
import dev.treadle.SearchDocument.Value;
import dev.treadle.SearchDocument.Vector;

/** What kind of value a field of an index holds; the index has it under a name that says so. */
public enum Kind {
    TEXT('t', "text"),
    KEYWORDS('k', "keywords"),
    NUMBER('n', "numbers"),
    TIME('d', "times"),
    FLAG('b', "flags"),
    VECTOR('v', "vectors");

    private final char letter;
    private final String words;

    Kind(char letter, String words) {
        this.letter = letter;
        this.words = words;
    }

    public static Kind of(Value value) {
        return switch (value) {
            case Text _ -> TEXT;
            case Keywords _ -> KEYWORDS;
            case Number _ -> NUMBER;
            case Time _ -> TIME;
            case Flag _ -> FLAG;
            case Vector _ -> VECTOR;
        };
    }

    /** The field's name in the index. */
    public String indexed(String field) {
        return letter + ":" + field;
    }

    /** The kind of a field of the index. */
    public static Kind ofIndexed(String indexed) {
        for (Kind kind : values()) {
            if (kind.letter == indexed.charAt(0)) {
                return kind;
            }
        }
        throw new IllegalStateException("no field of ours: " + indexed);
    }

    /** Whether the index has a field for us, not for documents. */
    static boolean isOurs(String indexed) {
        return indexed.charAt(1) != ':';
    }

    /** The field's name in documents. */
    public static String field(String indexed) {
        return indexed.substring(2);
    }

    /** For people. */
    public String words() {
        return words;
    }
}
