package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.trigger.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Habits of the house that a machine can check, over the whole source tree. */
class TidyTest {
    private static final Repository REPOSITORY = Repository.find();
    private static final String ERROR_PAGES = "runtime/engine/errors";
    private static final long FILE_BYTES_MAX = 1_000_000;

    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
    private static final Pattern MARKDOWN_LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    @Test
    void noSourceHasTabs() {
        assertThat(places(REPOSITORY.files(".java", ".md", ".xml", ".yaml"), l -> l.contains("\t")))
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        List<Path> main = without(REPOSITORY.files(".java", ".yaml", ".sh"), "/src/test/");
        assertThat(places(main, line -> UNFINISHED.matcher(line).find())).isEmpty();
    }

    @Test
    void testsWaitForWhatHappensAndDoNotSleep() {
        List<Path> tests = without(REPOSITORY.files(".java"), "/src/main/", "runtime/testkit/");
        assertThat(places(tests, line -> line.contains("Thread.sleep" + "("))).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() {
        List<String> bare = new ArrayList<>();
        for (Path folder : packagesOfMainCode()) {
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info) || !isNullMarkedWithSentence(Repository.read(info))) {
                bare.add(REPOSITORY.relative(folder));
            }
        }
        assertThat(bare).as("packages without a @NullMarked, commented package-info").isEmpty();
    }

    @Test
    void everyErrorCodeHasItsPage() {
        for (ErrorCode code : ErrorCode.values()) {
            Path page = REPOSITORY.path(ERROR_PAGES).resolve(code.id() + ".md");
            assertThat(page).exists();
            assertThat(Repository.read(page))
                    .startsWith("# " + code.id() + ": " + code.title() + "\n")
                    .contains(
                            "Whose it is to mend: %s. Usual HTTP status: %d."
                                    .formatted(
                                            code.owner().name().toLowerCase(Locale.ROOT),
                                            code.status()))
                    .contains("\n## How it comes\n")
                    .contains("\n## What to do\n");
        }
    }

    @Test
    void everyErrorPageHasItsCode() throws IOException {
        List<String> ids = Arrays.stream(ErrorCode.values()).map(ErrorCode::id).toList();
        try (Stream<Path> pages = Files.list(REPOSITORY.path(ERROR_PAGES))) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void everyFolderAtTheTopSaysWhatLivesThere() {
        for (Path folder : REPOSITORY.topFolders()) {
            assertThat(folder.resolve("README.md")).exists();
        }
    }

    @Test
    void noSourceIsLarge() throws IOException {
        for (Path file : REPOSITORY.files("")) {
            assertThat(Files.size(file))
                    .as(REPOSITORY.relative(file))
                    .isLessThanOrEqualTo(FILE_BYTES_MAX);
        }
    }

    @Test
    void linksBetweenPagesLeadSomewhere() {
        List<String> dead = new ArrayList<>();
        for (Path page : REPOSITORY.files(".md")) {
            for (String target : localLinks(page)) {
                if (!Files.exists(page.resolveSibling(target))) {
                    dead.add(REPOSITORY.relative(page) + " -> " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    private static List<String> localLinks(Path page) {
        return MARKDOWN_LINK
                .matcher(Repository.read(page))
                .results()
                .map(link -> link.group(1).replaceFirst("#.*", ""))
                .filter(target -> !target.isEmpty() && !target.contains(":"))
                .toList();
    }

    private static boolean isNullMarkedWithSentence(String packageInfo) {
        return packageInfo.startsWith("/**") && packageInfo.contains("\n@NullMarked\n");
    }

    /** Of the platform's own code: samples and templates are what function authors write. */
    private static TreeSet<Path> packagesOfMainCode() {
        TreeSet<Path> packages = new TreeSet<>();
        for (Path file : REPOSITORY.files(".java")) {
            String path = REPOSITORY.relative(file);
            if (path.contains("/src/main/java/")
                    && !path.startsWith("functions/samples/")
                    && !path.startsWith("templates/")
                    && !path.endsWith("/module-info.java")) {
                packages.add(file.getParent());
            }
        }
        return packages;
    }

    private static List<Path> without(List<Path> files, String... parts) {
        return files.stream()
                .filter(
                        file ->
                                Stream.of(parts)
                                        .noneMatch(("/" + REPOSITORY.relative(file))::contains))
                .toList();
    }

    /** Where lines like that stand, as {@code file:line}. */
    private static List<String> places(List<Path> files, Predicate<String> wanted) {
        List<String> places = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Repository.read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (wanted.test(lines.get(i))) {
                    places.add(REPOSITORY.relative(file) + ":" + (i + 1));
                }
            }
        }
        return places;
    }
}
