package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;

/** The streams in which nodes keep what they share. One that is there is never changed. */
final class Streams {
    private static final int NAME_IN_USE = 10058;

    private Streams() {}

    static boolean exists(Connection connection, String name)
            throws IOException, JetStreamApiException {
        return connection.jetStreamManagement().getStreamNames().contains(name);
    }

    /** Makes a stream when there is none of its name. */
    static void ensure(Connection connection, StreamConfiguration wanted)
            throws IOException, JetStreamApiException {
        if (!exists(connection, wanted.getName())) {
            make(connection.jetStreamManagement(), wanted);
        }
    }

    /** Makes a stream; nothing happens when another node was faster. */
    static void make(JetStreamManagement management, StreamConfiguration wanted)
            throws IOException, JetStreamApiException {
        unlessThere(() -> management.addStream(wanted));
    }

    /** Something that makes a stream. */
    @FunctionalInterface
    interface Making {
        Object make() throws IOException, JetStreamApiException;
    }

    /** Makes something that is a stream; nothing happens when another node was faster. */
    static void unlessThere(Making making) throws IOException, JetStreamApiException {
        try {
            var _ = making.make();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != NAME_IN_USE) {
                throw e;
            }
        }
    }
}
