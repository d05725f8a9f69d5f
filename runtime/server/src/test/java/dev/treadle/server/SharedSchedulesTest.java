package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsRelease;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
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
    @AutoClose private TwoNodes nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = new TwoNodes(folder, NatsRelease.CURRENT);
    }

    @Test
    void eachTickIsFiredByOneNodeAndTheOtherGoesOnAlone() throws Exception {
        nodes.one.deploy("beat", BEAT, SECONDLY);
        nodes.two.deploy("beat", BEAT, SECONDLY);
        Eventually.holds(() -> ticks(nodes.one).size() + ticks(nodes.two).size() >= 5);

        List<String> both = new ArrayList<>(ticks(nodes.one));
        both.addAll(ticks(nodes.two));
        assertThat(both).doesNotHaveDuplicates();

        nodes.one.close();
        int before = ticks(nodes.two).size();
        Eventually.holds(() -> ticks(nodes.two).size() >= before + 2);
        assertThat(new TreeSet<>(ticks(nodes.two))).hasSameSizeAs(ticks(nodes.two));
    }

    @Test
    void noTickIsFiredWhileAnotherNodeMightFireIt() throws Exception {
        nodes.one.deploy("beat", BEAT, SECONDLY);
        Eventually.holds(() -> !ticks(nodes.one).isEmpty());
        nodes.server.kill();
        Eventually.holds(() -> nodes.one.admin("GET", "/v1/node").body().contains("reconnecting"));
        int before = ticks(nodes.one).size();

        nodes.server.startAgain();

        Eventually.holds(() -> ticks(nodes.one).size() > before);
        assertThat(ticks(nodes.one)).doesNotHaveDuplicates();
    }

    private static List<String> ticks(TestNode node) {
        return TICK.matcher(node.admin("GET", "/v1/functions/beat/logs?limit=1000").body())
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
