package dev.treadle.registry.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitCallsTest {
    @TempDir Path folder;

    @Test
    void anArtifactThatWouldEndTheNodeIsRefusedWithEachPlace() {
        assertThatThrownBy(() -> inspect(new TestJar().with("a/L.class", bytes(Leaves.class))))
                .isInstanceOf(ArtifactException.class)
                .hasMessageMatching(
                        "orders\\.jar would end the node and every function on it:"
                                + " `System\\.exit` in \\S+Leaves\\.apply \\(line \\d+\\),"
                                + " `Runtime\\.halt` in \\S+Leaves\\.apply \\(line \\d+\\)\\."
                                + " Throw an exception instead\\.");
    }

    @Test
    void aMainMethodMayEndItsProcess() throws IOException {
        assertThat(inspect(new TestJar().with("a/S.class", bytes(Starter.class))).handlers())
                .isEmpty();
    }

    @Test
    void aLibraryMayHaveSuchCallsSomewhere() throws IOException {
        TestJar library = new TestJar().with("a/L.class", bytes(Leaves.class));
        assertThat(inspect(new TestJar().with("lib/a.jar", library.bytes())).handlers()).isEmpty();
    }

    private Inspection inspect(TestJar jar) throws IOException {
        return JarInspector.inspect(jar.writeTo(folder.resolve("orders.jar")));
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    /** Ends the process in two ways. */
    static final class Leaves implements UnaryOperator<String> {
        @Override
        public String apply(String input) {
            if (input.isEmpty()) {
                System.exit(1);
            }
            Runtime.getRuntime().halt(2);
            return input;
        }
    }

    /** A command line beside a function. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] arguments) {
            System.exit(arguments.length);
        }
    }
}
