package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class FunctionMetersTest {
    @Test
    void quantilesAreOffByAQuarterAtMost() {
        FunctionMeters meters = new FunctionMeters();
        SplittableRandom random = new SplittableRandom(17);
        long[] nanos = new long[10_001];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (long) Math.exp(random.nextDouble(Math.log(2e3), Math.log(5e9)));
            meters.ended(InvocationRecord.Status.SUCCEEDED, nanos[i]);
        }
        Arrays.sort(nanos);

        for (double share : new double[] {0.01, 0.5, 0.9, 0.99}) {
            long exact = nanos[(int) Math.ceil(share * nanos.length) - 1];
            assertThat(meters.quantileNanos(share)).isGreaterThanOrEqualTo(exact);
            assertThat((double) meters.quantileNanos(share))
                    .isCloseTo(exact, Percentage.withPercentage(25));
        }
    }

    @Test
    void runsWithinABoundAreNeverMoreThanThereWere() {
        FunctionMeters meters = new FunctionMeters();
        for (long nanos : new long[] {500, 90_000, 2_000_000, 40_000_000_000L}) {
            meters.ended(InvocationRecord.Status.FAILED, nanos);
        }

        assertThat(meters.runsWithin(100_000)).isBetween(1L, 2L);
        assertThat(meters.runsWithin(5_000_000)).isEqualTo(3);
        assertThat(meters.runsWithin(60_000_000_000L)).isEqualTo(4);
    }

    @Test
    void nothingMeansZero() {
        assertThat(new FunctionMeters().quantileNanos(0.5)).isZero();
    }

    @Test
    void refusedCallsHaveNotRun() {
        FunctionMeters meters = new FunctionMeters();
        meters.ended(InvocationRecord.Status.REFUSED, 0);

        assertThat(meters.invocations()).isZero();
        assertThat(meters.refused()).isEqualTo(1);
    }
}
