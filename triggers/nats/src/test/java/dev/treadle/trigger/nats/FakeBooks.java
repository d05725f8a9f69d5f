package dev.treadle.trigger.nats;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Books in memory. */
record FakeBooks(Map<Long, EventMemory.Note> notes, Consumer<DeadLetter> letters)
        implements Books, Books.DeadLetters, EventMemory {
    @Override
    public EventMemory memory() {
        return this;
    }

    @Override
    public DeadLetters deadLetters() {
        return this;
    }

    @Override
    public long keep(DeadLetter letter, String key) {
        letters.accept(letter);
        return 1;
    }

    @Override
    public Optional<Note> recall(String durable, long sequence) {
        return Optional.ofNullable(notes.get(sequence));
    }

    @Override
    public void remember(String durable, long sequence, Note note) {
        notes.put(sequence, note);
    }

    @Override
    public void forget(String durable, long sequence) {
        notes.remove(sequence);
    }
}
