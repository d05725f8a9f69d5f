package dev.treadle.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.cli.TestShell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceCompilerTest {
    private TestShell shell;
    private SourceCompiler compiler;
    private final List<Path> sources = new ArrayList<>();
    private int saves;

    @BeforeEach
    void start(@TempDir Path top) throws IOException {
        shell = new TestShell(top);
        var session = shell.session(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        compiler = new SourceCompiler(List.of(), new CompileErrors(session.environment()));
    }

    @AfterEach
    void stop() {
        compiler.close();
    }

    @Test
    void allClassesOfASourceAreThere() throws IOException {
        save("a/Outer.java", "package a; public class Outer { class Inner {} } class Beside {}");

        assertThat(classes().keySet()).containsExactly("a.Beside", "a.Outer", "a.Outer$Inner");
    }

    @Test
    void onlyTheSavedFileIsCompiledWhenNobodyCanSeeTheDifference() throws IOException {
        save("Price.java", "class Price { static int of() { return 1; } }");
        save("Cart.java", "class Cart { int total() { return Price.of(); } }");
        byte[] cart = classes().get("Cart");

        save(
                "Price.java",
                "class Price { static int of() { return twice(1); } private static int twice(int n) { return 2 * n; } }");
        SortedMap<String, byte[]> again = classes();

        assertThat(again.get("Cart")).isSameAs(cart);
        assertThat(again.get("Price")).isNotEmpty();
    }

    @Test
    void othersAreCompiledAgainWhenTheyCanSeeTheDifference() throws IOException {
        save("Price.java", "class Price { static final int VAT = 19; }");
        save("Cart.java", "class Cart { int vat() { return Price.VAT; } }");
        byte[] cart = classes().get("Cart");

        save("Price.java", "class Price { static final int VAT = 20; }");

        assertThat(classes().get("Cart")).isNotEqualTo(cart);
    }

    @Test
    void whatASavedFileBreaksElsewhereIsReported() throws IOException {
        save("Price.java", "class Price { static int of() { return 1; } }");
        save("Cart.java", "class Cart { int total() { return Price.of(); } }");
        classes();

        save("Price.java", "class Price { static int amount() { return 1; } }");

        assertThat(errors()).contains("Cart.java:1: error: cannot find symbol");
    }

    @Test
    void aDeletedSourceLeavesNoClassBehind() throws IOException {
        save("Price.java", "class Price {}");
        save("Cart.java", "class Cart {}");
        classes();

        Path price = shell.directory().resolve("Price.java");
        Files.delete(price);
        sources.remove(price);

        assertThat(classes().keySet()).containsExactly("Cart");
    }

    @Test
    void afterAnErrorTheNextGoodSaveCompiles() throws IOException {
        save("Cart.java", "class Cart { int total() { return 1; } }");
        classes();
        save("Cart.java", "class Cart { int total() { retrun 1; } }");
        assertThat(errors()).contains("Cart.java:1: error: not a statement");

        save("Cart.java", "class Cart { int total() { return 2; } }");

        assertThat(classes().keySet()).containsExactly("Cart");
    }

    @Test
    void parameterNamesAreKept() throws IOException {
        save("Cart.java", "class Cart { void add(String article) {} }");

        assertThat(
                        new String(
                                classes().getOrDefault("Cart", new byte[0]),
                                java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("MethodParameters")
                .contains("article");
    }

    private void save(String name, String text) throws IOException {
        Path file = shell.write(name, text);
        // Each save is a second after the one before, however quick the test.
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(++saves)));
        if (!sources.contains(file)) {
            sources.add(file);
        }
    }

    private SortedMap<String, byte[]> classes() throws IOException {
        return switch (compiler.compile(sources)) {
            case CompileResult.Compiled compiled -> compiled.classes();
            case CompileResult.Rejected rejected -> throw new AssertionError(rejected.errors());
        };
    }

    private List<String> errors() throws IOException {
        return switch (compiler.compile(sources)) {
            case CompileResult.Compiled _ -> List.of();
            case CompileResult.Rejected rejected -> rejected.errors();
        };
    }
}
