package dev.treadle.inference;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {
    @TempDir Path folder;

    @Test
    void aProcessWithLongArgumentsIsToldInsteadOfEnded() throws Exception {
        Path arguments = Files.writeString(folder.resolve("cmdline"), "a".repeat(3_801));

        assertThatThrownBy(() -> Arguments.requireShort(arguments))
                .isInstanceOf(InferenceFailed.class)
                .hasMessageContaining("3801 bytes of arguments")
                .hasMessageContaining("@FILE");
    }

    @Test
    void shortArgumentsAndSystemsThatDoNotTellThemAreFine() throws Exception {
        Path arguments = Files.writeString(folder.resolve("cmdline"), "a".repeat(3_800));

        assertThatCode(() -> Arguments.requireShort(arguments)).doesNotThrowAnyException();
        assertThatCode(() -> Arguments.requireShort(folder.resolve("none")))
                .doesNotThrowAnyException();
    }
}
