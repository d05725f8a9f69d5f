package dev.treadle.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LibraryListTest {
    @Test
    void eachJarIsReadWithItsScope(@TempDir Path folder) throws IOException {
        Path list =
                Files.writeString(
                        folder.resolve("list"),
                        """
                The following files have been resolved:
                   org.apache.commons:commons-csv:jar:1.14.1:compile:/m2/csv/commons-csv-1.14.1.jar -- module org.apache.commons.csv
                   org.slf4j:slf4j-api:jar:2.0.17:runtime:/m2/slf4j/slf4j-api-2.0.17.jar (optional) -- module org.slf4j
                   io.netty:netty-epoll:jar:linux-x86_64:4.2.0:compile:/m2/my repo/netty-epoll-4.2.0-linux-x86_64.jar
                   dev.treadle:treadle-api:jar:0.1.0:compile:/m2/treadle-api-0.1.0.jar
                   junit:junit:jar:4.13.2:test:/m2/junit-4.13.2.jar
                   none

                """);

        List<Library> libraries = LibraryList.read(list);

        assertThat(libraries.stream().filter(Library::isForRunning).map(Library::entryName))
                .containsExactly(
                        "lib/org.apache.commons.commons-csv-1.14.1.jar",
                        "lib/org.slf4j.slf4j-api-2.0.17.jar",
                        "lib/io.netty.netty-epoll-4.2.0-linux-x86_64.jar");
        assertThat(libraries.stream().filter(Library::isForCompiling).map(Library::artifact))
                .containsExactly("commons-csv", "netty-epoll", "treadle-api");
    }
}
