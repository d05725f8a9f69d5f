package dev.treadle.benchmarks;

import java.util.List;

/** One question about speed. */
interface Benchmark {
    /** What it is called on the command line. */
    String name();

    /** The question, in a line. */
    String question();

    /** Measures; starts what it needs and stops all that it started. */
    List<Row> run(Lab lab) throws Exception;
}
