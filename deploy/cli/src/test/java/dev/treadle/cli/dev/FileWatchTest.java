package dev.treadle.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {
    @TempDir private Path top;

    @Test
    void aSaveDeepInTheTreeIsTold() throws Exception {
        Path file = Files.createDirectories(top.resolve("a/b/c")).resolve("Deep.java");
        try (FileWatch watch = FileWatch.deep(top)) {
            Files.writeString(file, "class Deep {}");

            assertThat(until(watch, file)).contains(file);
        }
    }

    @Test
    void aFolderMadeLaterIsWatchedToo() throws Exception {
        try (FileWatch watch = FileWatch.deep(top)) {
            Path folder = Files.createDirectories(top.resolve("late/later"));
            Path first = Files.writeString(folder.resolve("First.java"), "");
            until(watch, first);

            Path second = Files.writeString(folder.resolve("Second.java"), "");
            until(watch, second);
        }
    }

    @Test
    void buildOutputHiddenFilesAndEditorsCopiesAreLeftOut() throws Exception {
        Files.createDirectories(top.resolve("target/classes"));
        Files.createDirectories(top.resolve(".git/objects"));
        try (FileWatch watch = FileWatch.deep(top)) {
            Files.writeString(top.resolve("target/classes/A.class"), "");
            Files.writeString(top.resolve(".git/objects/x"), "");
            Files.writeString(top.resolve(".A.java.swp"), "");
            Files.writeString(top.resolve("A.java~"), "");
            Path last = Files.writeString(top.resolve("Z.java"), "");

            assertThat(until(watch, last)).containsExactly(last);
        }
    }

    @Test
    void aDeletedFileIsTold() throws Exception {
        Path file = Files.writeString(top.resolve("A.java"), "");
        try (FileWatch watch = FileWatch.deep(top)) {
            Files.delete(file);

            assertThat(until(watch, file)).containsExactly(file);
        }
    }

    @Test
    void aShallowWatchTellsOfItsOwnFolderOnly() throws Exception {
        Path below = Files.createDirectories(top.resolve("below"));
        try (FileWatch watch = FileWatch.shallow(top)) {
            Files.writeString(below.resolve("A.java"), "");
            Path here = Files.writeString(top.resolve("B.java"), "");

            assertThat(until(watch, here)).containsExactly(here);
        }
    }

    @Test
    void closingEndsTheWait() throws Exception {
        FileWatch watch = FileWatch.deep(top);
        Thread closer = Thread.ofVirtual().start(() -> close(watch));

        assertThat(watch.next()).isEmpty();
        closer.join();
    }

    /** All that was told until {@code file} was. */
    private static Set<Path> until(FileWatch watch, Path file) throws Exception {
        Set<Path> told = new TreeSet<>();
        while (!told.contains(file)) {
            told.addAll(watch.next());
        }
        return told;
    }

    private static void close(FileWatch watch) {
        try {
            watch.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
