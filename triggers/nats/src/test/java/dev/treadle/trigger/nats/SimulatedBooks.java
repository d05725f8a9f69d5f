package dev.treadle.trigger.nats;

import dev.treadle.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Notes and dead letters as all nodes see them. */
final class SimulatedBooks {
    private static final Duration DUPLICATES = Duration.ofMinutes(10);

    private final VirtualTime time;
    private final Witness witness;
    private final Flaw flaw;
    private final Map<Long, EventMemory.Note> notes = new HashMap<>();
    private final Map<String, Instant> letters = new HashMap<>();
    private Trouble trouble = Trouble.NONE;

    /** What is wrong with the store. */
    enum Trouble {
        NONE,
        /** Nothing is stored. */
        SILENT,
        /** All is stored, and nobody hears so. */
        FORGETS_TO_ANSWER
    }

    SimulatedBooks(VirtualTime time, Witness witness, Flaw flaw) {
        this.time = time;
        this.witness = witness;
        this.flaw = flaw;
    }

    void become(Trouble now) {
        trouble = now;
    }

    Trouble trouble() {
        return trouble;
    }

    private void keep(DeadLetter letter, String key) {
        Instant before = letters.put(key, time.instant());
        boolean known = before != null && before.plus(DUPLICATES).isAfter(time.instant());
        if (!known && flaw != Flaw.LOSES_LETTERS) {
            witness.buried(letter);
        }
    }

    /** The books as one node reaches them. */
    Books of(SimulatedNode node) {
        return new AtNode(node);
    }

    private final class AtNode implements Books, Books.DeadLetters, EventMemory {
        private final SimulatedNode node;

        private AtNode(SimulatedNode node) {
            this.node = node;
        }

        @Override
        public EventMemory memory() {
            return this;
        }

        @Override
        public DeadLetters deadLetters() {
            return this;
        }

        private <T> T ask(long sequence, Function<Map<Long, Note>, T> effect) throws IOException {
            try {
                return node.ask(
                        () -> {
                            if (trouble == Trouble.SILENT) {
                                throw new IOException("the store is silent");
                            }
                            T answer = effect.apply(notes);
                            if (trouble == Trouble.FORGETS_TO_ANSWER) {
                                throw new IOException("the store does not answer");
                            }
                            return answer;
                        });
            } catch (IOException e) {
                witness.troubled(sequence);
                throw e;
            }
        }

        @Override
        public Optional<Note> recall(String durable, long sequence) throws IOException {
            return ask(sequence, all -> Optional.ofNullable(all.get(sequence)));
        }

        @Override
        public void remember(String durable, long sequence, Note note) throws IOException {
            var _ =
                    ask(
                            sequence,
                            all ->
                                    flaw == Flaw.LOSES_NOTES
                                            ? Optional.empty()
                                            : Optional.ofNullable(all.put(sequence, note)));
        }

        @Override
        public void forget(String durable, long sequence) throws IOException {
            var _ = ask(sequence, all -> Optional.ofNullable(all.remove(sequence)));
        }

        @Override
        public long keep(DeadLetter letter, String key) throws IOException {
            return ask(
                    letter.sequence(),
                    _ -> {
                        SimulatedBooks.this.keep(letter, key);
                        return 1L;
                    });
        }
    }
}
