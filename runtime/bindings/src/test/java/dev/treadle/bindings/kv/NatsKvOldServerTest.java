package dev.treadle.bindings.kv;

import dev.treadle.testkit.NatsRelease;

/** The same on a nats-server that knows nothing of messages that end. */
class NatsKvOldServerTest extends NatsKvTest {
    @Override
    NatsRelease release() {
        return NatsRelease.OLD;
    }
}
