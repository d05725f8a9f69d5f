package dev.treadle.trigger.nats.server;

import dev.treadle.testkit.NatsRelease;
import java.io.IOException;
import java.util.Optional;

/** Real servers for tests; where one is not to be had, the test is skipped, and in CI it fails. */
public final class Binaries {
    private Binaries() {}

    /** The one that a node would take. */
    public static NatsBinary here() throws InterruptedException {
        Optional<NatsBinary> found = NatsBinary.find();
        if (found.isEmpty()) {
            NatsRelease.missing("a nats-server");
        }
        return found.orElseThrow();
    }

    /** One that can all that we want. */
    public static NatsBinary current() throws IOException, InterruptedException {
        return NatsBinary.at(NatsRelease.CURRENT.require());
    }

    /** One that is too old, as Debian 12 has it. */
    public static NatsBinary old() throws IOException, InterruptedException {
        return NatsBinary.at(NatsRelease.OLD.require());
    }
}
