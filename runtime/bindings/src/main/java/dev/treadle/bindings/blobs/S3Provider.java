package dev.treadle.bindings.blobs;

import java.time.InstantSource;
import java.util.Optional;

/**
 * Stores in an S3.
 *
 * @param home is closed with this
 */
record S3Provider(S3Home home, InstantSource clock) implements BlobProvider {
    @Override
    public String name() {
        return "s3";
    }

    @Override
    public String text() {
        return home.settings().text();
    }

    @Override
    public BlobStore store(String name) {
        return new S3Blobs(home, name, clock);
    }

    @Override
    public Optional<String> trouble() {
        return home.trouble();
    }

    @Override
    public void close() {
        home.close();
    }
}
