package dev.treadle.trigger.nats.server;

import java.util.ArrayList;
import java.util.List;

/** Words for people about NATS. */
public final class NatsText {
    private NatsText() {}

    /** The state in one line. */
    public static String line(NatsState state) {
        List<String> words = new ArrayList<>();
        state.url().ifPresent(words::add);
        if (state.phase() != NatsState.Phase.CONNECTED) {
            words.add(state.detail());
            return String.join("  ", words);
        }
        List<String> facts = new ArrayList<>();
        state.version().ifPresent(version -> facts.add("nats-server " + version));
        state.durability().ifPresent(level -> facts.add("durability " + level));
        if (state.stopping()) {
            facts.add("stops soon");
        }
        words.add(String.join(", ", facts));
        return String.join("  ", words);
    }

    /** A text with its URLs such that it can be shown. */
    static String withoutPassword(String text) {
        return text.replaceAll("://[^@/\\s]*@", "://");
    }
}
