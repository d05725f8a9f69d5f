package dev.treadle.samples.semanticsearch;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the model takes of a text: its words without case, accents and endings, and of each word the
 * parts of three letters, so that a word that the model does not know is near to one like it.
 */
final class Words {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ENDING = Pattern.compile("(?<=\\p{L}{3})(ing|ed|es|s|e)$");

    /** So frequent that they tell nothing. */
    private static final Set<String> FREQUENT =
            Set.of(
                    ("a about after all an and are as at be been but by can do for from had has have he"
                                    + " her his how i if in into is it its me my no not of on or our she so"
                                    + " some that the their them then there they this to was we were what"
                                    + " when where which who why will with you your")
                            .split(" "));

    private Words() {}

    /** The words of a text, in their order, without endings. */
    static List<String> of(String text) {
        return whole(text).map(word -> ENDING.matcher(word).replaceFirst("")).toList();
    }

    /** The words of a text that tell something, as they stand there. */
    static String telling(String text) {
        return whole(text)
                .filter(word -> !FREQUENT.contains(word))
                .collect(Collectors.joining(" "));
    }

    private static Stream<String> whole(String text) {
        String apart = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        return OTHERS.splitAsStream(MARKS.matcher(apart).replaceAll(""))
                .filter(word -> !word.isEmpty());
    }

    /** Of {@code cat}: {@code <ca}, {@code cat} and {@code at>}, each with a mark before. */
    static List<String> parts(String word) {
        String marked = "<" + word + ">";
        List<String> parts = new ArrayList<>();
        for (int i = 0; i + 3 <= marked.length(); i++) {
            parts.add("#" + marked.substring(i, i + 3));
        }
        return parts;
    }

    /** All that the model takes of a text. */
    static List<String> andParts(String text) {
        List<String> all = new ArrayList<>();
        for (String word : of(text)) {
            all.add(word);
            all.addAll(parts(word));
        }
        return all;
    }
}
