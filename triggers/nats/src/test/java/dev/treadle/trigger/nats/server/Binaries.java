package dev.treadle.trigger.nats.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Real servers for tests; where none can be had, the test is skipped and says so. */
public final class Binaries {
    private static final Path OLD = Path.of("target", "nats-of-distribution");

    private Binaries() {}

    /** The one that a node would take. */
    public static NatsBinary here() throws InterruptedException {
        Optional<NatsBinary> found = NatsBinary.find();
        assumeTrue(found.isPresent(), "skipped: there is no nats-server on this machine");
        return found.orElseThrow();
    }

    /** One that can all that we want. */
    public static NatsBinary current() throws InterruptedException {
        NatsBinary binary = here();
        assumeTrue(
                binary.version().missing().isEmpty(),
                "skipped: nats-server %s is older than %s"
                        .formatted(binary.version(), ServerVersion.WANTED));
        return binary;
    }

    /** One that is too old, as Debian 12 has it. */
    public static synchronized NatsBinary old() throws InterruptedException {
        try {
            Path folder = Files.createDirectories(OLD).toAbsolutePath();
            Path program = folder.resolve("usr/sbin/nats-server");
            NatsBinary binary =
                    NatsBinary.at(
                            Files.exists(program)
                                    ? program
                                    : new DistributionPackage().fetch(folder));
            assumeTrue(
                    !binary.version().missing().isEmpty(),
                    "skipped: this distribution's nats-server is not old: " + binary.version());
            return binary;
        } catch (IOException e) {
            assumeTrue(false, "skipped: no nats-server of a distribution: " + e.getMessage());
            throw new AssertionError(e);
        }
    }
}
