package dev.treadle.trigger.nats;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Listens to so many events of a replay, and keeps what it heard. */
final class Heard implements Replay.Watcher {
    private final int patience;
    final List<Replay.Ran> ran = new ArrayList<>();
    private @Nullable StreamRange range;
    Replay.@Nullable Summary summary;

    Heard(int patience) {
        this.patience = patience;
    }

    StreamRange range() {
        return Objects.requireNonNull(range);
    }

    Replay.Summary summary() {
        return Objects.requireNonNull(summary);
    }

    List<Long> sequences() {
        return ran.stream().map(Replay.Ran::sequence).toList();
    }

    @Override
    public void begins(StreamRange found) {
        range = found;
    }

    @Override
    public boolean ran(Replay.Ran event) {
        ran.add(event);
        return isListening();
    }

    @Override
    public boolean isListening() {
        return ran.size() < patience;
    }
}
