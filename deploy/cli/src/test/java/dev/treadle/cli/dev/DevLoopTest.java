package dev.treadle.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.cli.TestNode;
import dev.treadle.cli.TestShell;
import dev.treadle.cli.admin.AdminClient;
import dev.treadle.cli.admin.Deployer;
import dev.treadle.cli.admin.NodeApi;
import dev.treadle.cli.admin.ServerLocator;
import dev.treadle.cli.build.CompileFailure;
import dev.treadle.cli.build.Overrides;
import dev.treadle.cli.build.Packager;
import dev.treadle.cli.build.Source;
import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevLoopTest {
    private static final String HELLO =
            """
            import dev.treadle.*;

            public final class Hello implements HttpFunction {
                @Override public Response handle(Request request, Context context) {
                    return Response.ok(%s);
                }
            }
            """;

    private final Told told = new Told();
    private TestNode node;
    private TestShell shell;
    private FileWatch watch;
    private Packager packager;
    private Thread loop;

    @BeforeEach
    void start(@TempDir Path top) throws IOException {
        node = new TestNode();
        shell = new TestShell(top).with(node);
        shell.write("app/Hello.java", HELLO.formatted("\"one\""));
        Session session = shell.session(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        Path app = shell.directory().resolve("app");
        packager = Packager.often(session, Source.at(app, session.environment()), Overrides.NONE);
        watch = FileWatch.deep(app);
        NodeApi api =
                new NodeApi(
                        new AdminClient(
                                new ServerLocator(session.environment()).locate(Optional.empty())));
        DevLoop dev =
                new DevLoop(
                        session.environment(),
                        packager,
                        new Deployer(api),
                        told,
                        name -> told.say("first " + name));
        loop = Thread.ofPlatform().start(() -> run(dev));
    }

    @AfterEach
    void stop() throws Exception {
        watch.close();
        loop.join();
        packager.close();
        node.close();
    }

    @Test
    void eachSaveIsServed() throws Exception {
        assertThat(told.next()).isEqualTo("live hello@v1");
        assertThat(told.next()).isEqualTo("first hello");

        save("app/Hello.java", HELLO.formatted("\"two\""));

        assertThat(told.next()).isEqualTo("served [app/Hello.java] hello@v2");
        assertThat(node.releases("hello")).isEqualTo(2);
    }

    @Test
    void whatDoesNotCompileIsShownAndTheReleaseBeforeKeepsServing() throws Exception {
        told.next();
        told.next();

        save("app/Hello.java", HELLO.formatted("two"));
        assertThat(told.next())
                .isEqualTo("broken app/Hello.java:5: error: cannot find symbol; hello@v1 serves");
        assertThat(node.releases("hello")).isEqualTo(1);

        save("app/Hello.java", HELLO.formatted("\"three\""));
        assertThat(told.next()).isEqualTo("mended [app/Hello.java] hello@v2");
    }

    @Test
    void sourcesThatAreGoneAreWaitedFor() throws Exception {
        told.next();
        told.next();

        Files.delete(shell.directory().resolve("app/Hello.java"));
        assertThat(told.next()).isEqualTo("refused folder app has no .java file; hello@v1 serves");

        save("app/Hello.java", HELLO.formatted("\"back\""));
        assertThat(told.next()).isEqualTo("mended [app/Hello.java] hello@v2");
    }

    @Test
    void aManifestWithErrorsIsRefused() throws Exception {
        told.next();
        told.next();

        save("app/function.yaml", "schema: 1\nname: hello\n");

        assertThat(told.next()).isEqualTo("refused app/function.yaml has 1 error; hello@v1 serves");
    }

    /** At once, so that nobody sees a file of which a part is written. */
    private void save(String name, String content) throws IOException {
        Path file = shell.directory().resolve(name);
        Path whole = shell.write("saved", content);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void run(DevLoop dev) {
        try {
            dev.deploy();
            dev.follow(watch);
        } catch (IOException | UncheckedIOException e) {
            told.say("ended by " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps what was reported, one line each. */
    private static final class Told implements DevReport {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return lines.take();
        }

        void say(String line) {
            lines.add(line);
        }

        @Override
        public void live(String release, List<String> urls, List<String> inferred) {
            say("live " + release);
        }

        @Override
        public void served(Set<String> files, String release, Timing timing, boolean mended) {
            say((mended ? "mended " : "served ") + files + " " + release);
        }

        @Override
        public void unchanged(Set<String> files, String release) {
            say("unchanged " + files);
        }

        @Override
        public void broken(CompileFailure failure, String serving) {
            say("broken " + failure.errors().getFirst() + "; " + serving + " serves");
        }

        @Override
        public void refused(Failure failure, String serving) {
            say("refused " + failure.cause() + "; " + serving + " serves");
        }

        @Override
        public void log(String json) {
            say(json);
        }

        @Override
        public void warn(String text) {
            say(text);
        }
    }
}
