package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReleaseMovesTest {
    @Test
    void anEventBelongsToTheReleaseOfItsFirstDelivery() {
        ReleaseMoves moves =
                ReleaseMoves.NONE
                        .with(new ReleaseMoves.Move(10, "v7"))
                        .with(new ReleaseMoves.Move(10, "v8"))
                        .with(new ReleaseMoves.Move(20, "v9"));

        assertThat(moves.release(10, 3)).hasValue(7);
        assertThat(moves.release(11, 3)).hasValue(9);
        assertThat(moves.release(21, 3)).isEmpty();
        assertThat(ReleaseMoves.parse(moves.text())).isEqualTo(moves);
    }

    @Test
    void aSplitIsSharedOutAsTheEngineDoes() {
        ReleaseMoves moves = ReleaseMoves.NONE.with(new ReleaseMoves.Move(1, "v7=90,v12=10"));

        assertThat(moves.release(1, 89)).hasValue(7);
        assertThat(moves.release(1, 90)).hasValue(12);
        assertThat(moves.release(1, 100)).hasValue(7);
        assertThat(moves.release(1, 199)).hasValue(12);
    }

    @Test
    void onlyTheLatestAreKeptAndAConsumerThatBeganAnewHasNoPast() {
        ReleaseMoves many =
                IntStream.rangeClosed(1, 50)
                        .boxed()
                        .reduce(
                                ReleaseMoves.NONE,
                                (moves, n) -> moves.with(new ReleaseMoves.Move(n, "v" + n)),
                                (one, _) -> one);

        assertThat(many.moves()).hasSize(20).last().isEqualTo(new ReleaseMoves.Move(50, "v50"));
        assertThat(many.with(new ReleaseMoves.Move(3, "v51")).moves()).hasSize(1);
    }
}
