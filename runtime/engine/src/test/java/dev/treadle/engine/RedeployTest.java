package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.SourceJar;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedeployTest {
    private static final int REDEPLOYS = 1_000;

    /**
     * Does what keeps loaders alive elsewhere: thread locals, threads, JSON types, prints, logs.
     */
    private static final String SLOVENLY =
            """
            public class Slovenly implements TypedFunction<Slovenly.In, Slovenly.Out> {
                public record In(String name) {}
                public record Out(String text, int release) {}
                static final ThreadLocal<Slovenly> LOCAL = new ThreadLocal<>();
                static final Set<Object> SEEN = ConcurrentHashMap.newKeySet();
                private final ExecutorService pool = Executors.newFixedThreadPool(1);
                private final Thread forgotten = new Thread(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        return;
                    }
                });
                public void start(FunctionContext context) throws Exception {
                    pool.submit(() -> LOCAL.set(this)).get();
                    forgotten.start();
                }
                public void close() {
                    pool.shutdown();
                }
                public Out handle(In in, Context context) throws Exception {
                    LOCAL.set(this);
                    SEEN.add(new byte[64 * 1024]);
                    context.log().info("seen {}", in);
                    return new Out("hi " + in.name(), context.release());
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void thousandRedeploysLeaveNoLoaderBehind() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        SourceJar jar = SourceJar.compile(SLOVENLY);
        try (Deployment deployed = new Deployment(folder)) {
            for (int i = 1; i <= REDEPLOYS; i++) {
                deployed.deploy("slovenly", Deployment.QUICK, jar);
                assertThat(deployed.text("slovenly", "{\"name\":\"Ada\"}"))
                        .isEqualTo("{\"text\":\"hi Ada\",\"release\":%d}".formatted(i));
                loaders.add(new WeakReference<>(deployed.loader("slovenly", i)));
            }
            loaders.removeLast();
            Eventually.holds(
                    () -> {
                        System.gc();
                        return loaders.stream().allMatch(loader -> loader.get() == null);
                    });
            Eventually.holds(() -> ManagementFactory.getThreadMXBean().getThreadCount() < 100);
        }
    }
}
