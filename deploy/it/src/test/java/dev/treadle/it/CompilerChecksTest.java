package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checks inside the compiler fall silent when an argument gets lost. So bad code is compiled
 * here with the arguments of the parent's pom.xml, and must not compile.
 */
class CompilerChecksTest {
    private static final Repository REPOSITORY = Repository.find();

    @TempDir Path folder;

    @Test
    void goodCodeCompiles() throws Exception {
        assertThat(compile("class Good { int length(String text) { return text.length(); } }"))
                .isEmpty();
    }

    @Test
    void returningNullWhereNothingSaysSoDoesNotCompile() throws Exception {
        assertThat(compile("class Bad { String name() { return null; } }")).contains("[NullAway]");
    }

    @Test
    void anIgnoredReturnValueDoesNotCompile() throws Exception {
        assertThat(compile("class Bad { void trim(String text) { text.trim(); } }"))
                .contains("[ReturnValueIgnored]");
    }

    @Test
    void aPrivateMethodThatNobodyCallsDoesNotCompile() throws Exception {
        assertThat(compile("class Bad { private void forgotten() {} }")).contains("[UnusedMethod]");
    }

    @Test
    void noModuleReplacesTheParentsCompilerArguments() {
        assertThat(REPOSITORY.files("pom.xml"))
                .filteredOn(pom -> !pom.equals(REPOSITORY.path("pom.xml")))
                .filteredOn(pom -> !REPOSITORY.relative(pom).startsWith("templates/"))
                .filteredOn(pom -> Repository.read(pom).contains("<compilerArgs>"))
                .as("modules append with <compilerArgs combine.children=\"append\">")
                .isEmpty();
    }

    /** What the compiler says about a class of a null-marked package; nothing when it compiles. */
    private String compile(String source) throws IOException, InterruptedException {
        Path java = folder.resolve("Canary.java");
        Files.writeString(
                java, "package canary;\n\n@org.jspecify.annotations.NullMarked\n" + source + "\n");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        for (String word : REPOSITORY.read(".mvn/jvm.config").strip().split("\\s+", -1)) {
            command.add("-J" + word);
        }
        command.addAll(argumentsOfTheParent());
        command.addAll(List.of("-processorpath", System.getProperty("java.class.path")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("-d", folder.resolve("classes").toString(), java.toString()));
        Process process =
                new ProcessBuilder(joinOptions(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : said;
    }

    private static List<String> argumentsOfTheParent() {
        return Pattern.compile("<arg>(.*?)</arg>", Pattern.DOTALL)
                .matcher(REPOSITORY.read("pom.xml"))
                .results()
                .map(MatchResult::group)
                .map(arg -> arg.substring("<arg>".length(), arg.length() - "</arg>".length()))
                .toList();
    }

    /** {@code --add-exports X} has to reach the compiler's JVM as {@code -J--add-exports=X}. */
    private static List<String> joinOptions(List<String> command) {
        List<String> joined = new ArrayList<>();
        for (String word : command) {
            boolean isValue = word.startsWith("-Jjdk.compiler/");
            if (isValue) {
                joined.set(joined.size() - 1, joined.getLast() + "=" + word.substring(2));
            } else {
                joined.add(word);
            }
        }
        return joined;
    }
}
