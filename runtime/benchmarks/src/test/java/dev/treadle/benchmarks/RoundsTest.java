package dev.treadle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void theRatioIsTheMedianOfTheRoundsRatiosSoThatOneBadRoundDoesNotCount() {
        Rounds ours = rounds(90, 10, 95);
        Rounds control = rounds(100, 200, 100);

        assertThat(ours.medianRatioTo(control)).isEqualTo(0.9);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(rounds(4, 1, 3, 2).median()).isEqualTo(2.5);
    }

    @Test
    void percentilesAreValuesThatWereSeen() {
        Rounds hundred = new Rounds();
        for (int i = 1; i <= 100; i++) {
            hundred.add(i);
        }

        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.percentile(100)).isEqualTo(100);
    }

    private static Rounds rounds(double... values) {
        Rounds rounds = new Rounds();
        for (double value : values) {
            rounds.add(value);
        }
        return rounds;
    }
}
