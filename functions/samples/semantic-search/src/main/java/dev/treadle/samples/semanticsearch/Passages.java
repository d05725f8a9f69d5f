package dev.treadle.samples.semanticsearch;

import dev.treadle.BadRequest;
import java.util.ArrayList;
import java.util.List;

/** The passages of a text: its paragraphs, of which long ones are cut between sentences. */
final class Passages {
    private static final int PASSAGES_MAX = 500;
    private static final int CHARACTERS = 400;

    private Passages() {}

    static List<String> of(String text) {
        List<String> passages = new ArrayList<>();
        for (String paragraph : text.split("\\n\\s*\\n")) {
            StringBuilder passage = new StringBuilder();
            for (String sentence : paragraph.strip().split("(?<=[.!?])\\s+")) {
                if (passage.length() + sentence.length() > CHARACTERS) {
                    add(passage, passages);
                }
                passage.append(sentence.replaceAll("\\s+", " ")).append(' ');
            }
            add(passage, passages);
        }
        if (passages.isEmpty() || passages.size() > PASSAGES_MAX) {
            throw new BadRequest(
                    "the body is text of 1 to %d passages, not %d"
                            .formatted(PASSAGES_MAX, passages.size()));
        }
        return passages;
    }

    private static void add(StringBuilder passage, List<String> passages) {
        String text = passage.toString().strip();
        if (!Words.of(text).isEmpty()) {
            passages.add(text);
        }
        passage.setLength(0);
    }
}
