package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import java.io.IOException;

/** The key-value buckets in which nodes keep what they share. */
public final class Buckets {
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
            Streams.unlessThere(() -> connection.keyValueManagement().create(wanted));
        }
        return connection.keyValue(name);
    }
}
