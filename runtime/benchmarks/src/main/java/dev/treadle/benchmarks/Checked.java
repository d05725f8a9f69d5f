package dev.treadle.benchmarks;

import dev.treadle.benchmarks.load.LoadResult;

/** Refuses numbers that errors had a part in. */
final class Checked {
    private Checked() {}

    static LoadResult ok(LoadResult result) {
        if (result.errors() > 0) {
            throw new IllegalStateException(
                    "%d of %d answers were not 200"
                            .formatted(result.errors(), result.nanos().getTotalCount()));
        }
        return result;
    }
}
