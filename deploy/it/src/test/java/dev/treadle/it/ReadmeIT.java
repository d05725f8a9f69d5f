package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README says, in its order, and gets what it promises. */
class ReadmeIT {
    private static final Repository REPOSITORY = Repository.find();

    /** A file's name in backticks and a colon, then its text. */
    private static final Pattern FILE =
            Pattern.compile("`([A-Za-z.]+)`:\\n\\n```[a-z]+\\n(.*?)```", Pattern.DOTALL);

    private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    @TempDir Path folder;

    @Test
    void theReadmesCommandsDoWhatItSays() throws Exception {
        String readme = REPOSITORY.read("README.md");
        assertThat(readme).contains("./treadle up --samples", "./treadle test");
        Distribution distribution = new Distribution(folder);
        for (MatchResult file : FILE.matcher(readme).results().toList()) {
            distribution.write(file.group(1), file.group(2));
        }
        try (TreadleProcess node = TreadleProcess.up(distribution, "--samples")) {
            List<String> lines = commands(readme);
            assertThat(lines).isNotEmpty();
            for (String line : lines) {
                String command =
                        line.replace("./treadle", distribution.home() + "/bin/treadle")
                                .replace("http://127.0.0.1:8080", node.http("").toString());
                Finished finished = distribution.shell(command);
                assertThat(finished.status()).as(command + "\n" + finished).isZero();
                assertThat(finished.out()).contains(promised(line));
            }
        }
    }

    private static List<String> commands(String readme) {
        return SHELL.matcher(readme)
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** What the comment after a command says that it prints. */
    private static String promised(String line) {
        int comment = line.indexOf(" # ");
        return comment < 0 ? "" : line.substring(comment + 3).strip();
    }
}
