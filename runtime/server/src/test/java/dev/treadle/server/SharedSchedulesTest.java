package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import dev.treadle.trigger.nats.server.NatsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One schedule on two nodes at one NATS server. */
class SharedSchedulesTest {
    private static final String BEAT =
            """
            public class Beat implements EventFunction {
                public void handle(Event tick, Context context) {
                    context.log().info("beat at {};", tick.time().get());
                }
            }
            """;
    private static final String SECONDLY = "triggers: [schedule: {cron: '* * * * * *'}]";
    private static final Pattern TICK = Pattern.compile("beat at ([^;]+);");

    @TempDir Path folder;
    private NatsProcess server;
    private TestNode one;
    private TestNode two;

    @BeforeEach
    void start() throws Exception {
        server =
                NatsProcess.start(
                        NatsRelease.CURRENT, Files.createDirectories(folder.resolve("nats")));
        one = node("one");
        two = node("two");
    }

    private TestNode node(String name) throws Exception {
        return new TestNode(
                folder.resolve(name),
                new NatsSettings(
                        new NatsSettings.External(List.of(server.url())),
                        new NatsSettings.Anonymous(),
                        Optional.empty()));
    }

    @AfterEach
    void stop() {
        if (two != null) {
            one.close();
            two.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void eachTickIsFiredByOneNodeAndTheOtherGoesOnAlone() throws Exception {
        one.deploy("beat", BEAT, SECONDLY);
        two.deploy("beat", BEAT, SECONDLY);
        Eventually.holds(() -> ticks(one).size() + ticks(two).size() >= 5);

        List<String> both = new ArrayList<>(ticks(one));
        both.addAll(ticks(two));
        assertThat(both).doesNotHaveDuplicates();

        one.close();
        int before = ticks(two).size();
        Eventually.holds(() -> ticks(two).size() >= before + 2);
        assertThat(new TreeSet<>(ticks(two))).hasSameSizeAs(ticks(two));
    }

    @Test
    void noTickIsFiredWhileAnotherNodeMightFireIt() throws Exception {
        one.deploy("beat", BEAT, SECONDLY);
        Eventually.holds(() -> !ticks(one).isEmpty());
        server.kill();
        Eventually.holds(() -> one.admin("GET", "/v1/node").body().contains("reconnecting"));
        int before = ticks(one).size();

        server.startAgain();

        Eventually.holds(() -> ticks(one).size() > before);
        assertThat(ticks(one)).doesNotHaveDuplicates();
    }

    private static List<String> ticks(TestNode node) {
        return TICK.matcher(node.admin("GET", "/v1/functions/beat/logs?limit=1000").body())
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
