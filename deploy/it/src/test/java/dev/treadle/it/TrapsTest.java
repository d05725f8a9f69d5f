package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of traps names tests that are there. */
class TrapsTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))\\.(\\w+)`");

    private final Repository repository = Repository.find();

    @Test
    void eachTrapHasItsTests() {
        List<String> traps =
                repository
                        .read("triggers/nats/TRAPS.md")
                        .lines()
                        .filter(line -> line.startsWith("| ") && !line.startsWith("| trap "))
                        .toList();
        List<Path> sources = new ArrayList<>(repository.files("Test.java"));
        sources.addAll(repository.files("Contract.java"));

        assertThat(traps).hasSizeGreaterThan(10).allMatch(line -> TEST.matcher(line).find());
        assertThat(traps)
                .flatMap(
                        line ->
                                TEST.matcher(line)
                                        .results()
                                        .map(each -> each.group(1) + "." + each.group(2))
                                        .toList())
                .allMatch(test -> isThere(test, sources));
    }

    private static boolean isThere(String test, List<Path> sources) {
        String[] parts = test.split("\\.", -1);
        return sources.stream()
                .filter(file -> file.endsWith(parts[0] + ".java"))
                .anyMatch(file -> Repository.read(file).contains("void " + parts[1] + "("));
    }
}
