package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FunctionRecordsTest {
    private static final long NOON = 43_200_000_000_000L;

    @Test
    void aBusyFunctionKeepsSoManySuccessesASecondAndBeginsAnewInTheNext() {
        FunctionRecords records = new FunctionRecords(10, new PerSecond(1_000));

        assertThat(kept(records, 5_000, NOON)).isEqualTo(FunctionRecords.SUCCESSES_PER_SECOND);
        assertThat(kept(records, 5_000, NOON + 1_000_000_000L))
                .isEqualTo(FunctionRecords.SUCCESSES_PER_SECOND);
    }

    @Test
    void theFirstOfASecondAreKeptWhateverOtherFunctionsUsedUp() {
        PerSecond node = new PerSecond(50);
        FunctionRecords busy = new FunctionRecords(10, node);
        FunctionRecords quiet = new FunctionRecords(10, node);

        assertThat(kept(busy, 5_000, NOON)).isEqualTo(50 + FunctionRecords.ALWAYS_PER_SECOND);
        assertThat(kept(quiet, 5_000, NOON)).isEqualTo(FunctionRecords.ALWAYS_PER_SECOND);
    }

    private static long kept(FunctionRecords records, int calls, long nanoTime) {
        return IntStream.range(0, calls).filter(_ -> records.samplesSuccess(nanoTime)).count();
    }
}
