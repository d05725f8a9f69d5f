package dev.treadle.registry.files;

import static dev.treadle.registry.DeployedFunction.LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each change, stopped or failing at each of its steps on the disk. */
class InterruptedChangeTest {
    private static final int STEPS_MAX = 60;

    @TempDir Path folder;

    private static Stream<Arguments> changes() {
        return Stream.of(
                change("first deploy", 0, store -> CrashScene.deploy(store, CrashScene.HELLO, 1)),
                change("second deploy", 1, store -> CrashScene.deploy(store, CrashScene.HELLO, 2)),
                change("deploy with pruning", 3, s -> CrashScene.deploy(s, CrashScene.HELLO, 4)),
                change(
                        "alias",
                        2,
                        store -> store.registry().setAlias(CrashScene.HELLO, LIVE, Split.all(1))),
                change("delete", 2, store -> store.registry().delete(CrashScene.HELLO)),
                change("first push of a model", 0, store -> CrashScene.push(store, 1)),
                change("push of a model with pruning", 3, store -> CrashScene.push(store, 4)),
                change(
                        "alias of a model",
                        2,
                        s -> s.models().setAlias(CrashScene.DIGITS, LIVE, Split.all(1))),
                change("delete of a model", 2, s -> s.models().delete(CrashScene.DIGITS)));
    }

    private static Arguments change(String name, int deploysBefore, Consumer<FileStore> change) {
        return Arguments.of(name, deploysBefore, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aChangeThatStopsAtAnyStepIsThereWholeOrNotAtAll(
            String name, int deploysBefore, Consumer<FileStore> change) throws IOException {
        Path before = prepare(deploysBefore);
        CrashScene.Found oldState = stateIn(copy(before, "old"));
        CrashScene.Found newState = stateAfter(copy(before, "new"), change);
        boolean done = false;
        for (int step = 1; !done; step++) {
            assertThat(step).as(name).isLessThan(STEPS_MAX);
            Path crashed = copy(before, "stopped-" + step);
            done = runUntil(step, crashed, change);
            CrashScene.Found found = stateIn(crashed);
            assertThat(found).as("step %d", step).isIn(oldState, newState);
            assertThat(CrashScene.files(crashed))
                    .as("files after step %d and an open", step)
                    .isEqualTo(
                            CrashScene.files(
                                    folder.resolve(found.equals(oldState) ? "old" : "new")));
            deployOnceMore(crashed, found);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aChangeThatFailsAtAnyStepChangesNothing(
            String name, int deploysBefore, Consumer<FileStore> change) throws IOException {
        Path before = prepare(deploysBefore);
        CrashScene.Found oldState = stateIn(copy(before, "old"));
        CrashScene.Found newState = stateAfter(copy(before, "new"), change);
        Attempt attempt = Attempt.FAILED;
        for (int step = 1; attempt != Attempt.UNTROUBLED; step++) {
            assertThat(step).as(name).isLessThan(STEPS_MAX);
            Path failing = copy(before, "failed-" + step);
            attempt = failAt(step, failing, change, oldState);
            assertThat(stateIn(failing))
                    .as("step %d", step)
                    .isEqualTo(attempt == Attempt.FAILED ? oldState : newState);
        }
    }

    private Path prepare(int deploys) throws IOException {
        Path prepared = Files.createDirectory(folder.resolve("before"));
        try (FileStore store = CrashScene.open(prepared, new RealDisk())) {
            for (int count = 1; count <= deploys; count++) {
                CrashScene.deploy(store, CrashScene.HELLO, count);
                CrashScene.push(store, count);
            }
        }
        return prepared;
    }

    private Path copy(Path from, String name) throws IOException {
        Path to = folder.resolve(name);
        CrashScene.copy(from, to);
        return to;
    }

    private static CrashScene.Found stateIn(Path store) throws IOException {
        try (FileStore opened = CrashScene.open(store, new RealDisk())) {
            return CrashScene.check(opened);
        }
    }

    private static CrashScene.Found stateAfter(Path store, Consumer<FileStore> change)
            throws IOException {
        try (FileStore opened = CrashScene.open(store, new RealDisk())) {
            change.accept(opened);
        }
        return stateIn(store);
    }

    /** Whether it got through. Nothing reaches the disk after the step, as after a power cut. */
    private static boolean runUntil(int step, Path store, Consumer<FileStore> change) {
        try (FileStore opened = CrashScene.open(store, new MortalDisk(step, Stop::now))) {
            change.accept(opened);
            return true;
        } catch (Stop stopped) {
            return false;
        }
    }

    private static Attempt failAt(
            int step, Path folder, Consumer<FileStore> change, CrashScene.Found old) {
        Failure failure = new Failure();
        MortalDisk disk = new MortalDisk(stepsOfOpen(folder) + step, failure);
        try (FileStore store = CrashScene.open(folder, disk)) {
            try {
                change.accept(store);
            } catch (UncheckedIOException e) {
                assertThat(e).hasMessageContaining("no space left");
                assertThat(CrashScene.found(store)).isEqualTo(old);
                return Attempt.FAILED;
            }
            return failure.came ? Attempt.TIDYING_FAILED : Attempt.UNTROUBLED;
        }
    }

    private static int stepsOfOpen(Path store) {
        MortalDisk disk = new MortalDisk(Integer.MAX_VALUE, Stop::now);
        CrashScene.open(store, disk).close();
        return disk.steps();
    }

    private static void deployOnceMore(Path folder, CrashScene.Found found) throws IOException {
        try (FileStore store = CrashScene.open(folder, new RealDisk())) {
            int number = CrashScene.deploy(store, CrashScene.HELLO, 99).number();
            found.hello().ifPresent(f -> assertThat(number).isEqualTo(f.newest().number() + 1));
            assertThat(CrashScene.check(store).hello().orElseThrow().newest().number())
                    .isEqualTo(number);
            int model = CrashScene.push(store, 99).number();
            found.digits().ifPresent(m -> assertThat(model).isEqualTo(m.newest().number() + 1));
            CrashScene.check(store);
        }
    }

    private enum Attempt {
        FAILED,
        /** Old files stayed, which is only logged. */
        TIDYING_FAILED,
        UNTROUBLED
    }

    /** Fails once. */
    private static final class Failure implements MortalDisk.Death {
        private boolean came;

        @Override
        public void come() throws IOException {
            if (!came) {
                came = true;
                throw new IOException("no space left");
            }
        }
    }

    /** Not an exception that anybody would handle. */
    private static final class Stop extends Error {
        private static final long serialVersionUID = 1L;

        static void now() {
            throw new Stop();
        }
    }
}
