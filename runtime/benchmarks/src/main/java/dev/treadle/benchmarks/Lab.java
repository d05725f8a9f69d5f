package dev.treadle.benchmarks;

import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where and how thoroughly to measure.
 *
 * @param distribution what is measured
 * @param source the source tree
 * @param folder for everything that is written
 * @param quick fewer and shorter rounds, to see whether it works
 * @param cores how many this machine has
 */
record Lab(Distribution distribution, Path source, Path folder, boolean quick, int cores) {
    /** How often everything is measured. */
    int rounds() {
        return quick ? 3 : 7;
    }

    /** How long one round of load lasts. */
    Duration round() {
        return Duration.ofSeconds(quick ? 1 : 4);
    }

    /** How long a server is warmed up. */
    Duration warmUp() {
        return Duration.ofSeconds(quick ? 4 : 12);
    }

    /** One count for a thorough run, another for a quick one. */
    int count(int thorough, int quickly) {
        return quick ? quickly : thorough;
    }

    /** The ways to share out the cores that are worth a measurement here. */
    List<Cores> layouts() {
        return Cores.canSplit() ? List.of(Cores.APART, Cores.SHARED) : List.of(Cores.SHARED);
    }

    /** The way that disturbs the server least. */
    Cores layout() {
        return layouts().getFirst();
    }

    /** Puts this process on the generator's cores. */
    void enter(Cores layout) throws IOException, InterruptedException {
        layout.moveGenerator(cores);
    }

    /** A new, empty folder. */
    Path newFolder(String name) throws IOException {
        return Files.createTempDirectory(folder, name + "-");
    }
}
