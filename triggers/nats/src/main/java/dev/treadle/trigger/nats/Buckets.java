package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import java.io.IOException;

/** The key-value buckets in which nodes keep what they share. */
public final class Buckets {
    private static final int STREAM_NAME_IN_USE = 10058;

    private Buckets() {}

    /**
     * Opens a bucket, which is made when it is not there. One that is there keeps the settings that
     * it has.
     *
     * @param wanted its name, and its settings should it be made
     */
    public static KeyValue open(Connection connection, KeyValueConfiguration wanted)
            throws IOException, JetStreamApiException {
        String name = wanted.getBucketName();
        if (!connection.keyValueManagement().getBucketNames().contains(name)) {
            make(connection, wanted);
        }
        return connection.keyValue(name);
    }

    private static void make(Connection connection, KeyValueConfiguration wanted)
            throws IOException, JetStreamApiException {
        try {
            var _ = connection.keyValueManagement().create(wanted);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != STREAM_NAME_IN_USE) { // another node was faster
                throw e;
            }
        }
    }
}
