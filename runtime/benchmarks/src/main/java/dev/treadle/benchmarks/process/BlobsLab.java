package dev.treadle.benchmarks.process;

import dev.treadle.Blobs;
import dev.treadle.bindings.BindingMeter;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.Guard;
import dev.treadle.bindings.Turnstile;
import dev.treadle.bindings.blobs.BlobFolder;
import dev.treadle.bindings.blobs.BlobProvider;
import dev.treadle.bindings.blobs.BlobProviders;
import dev.treadle.bindings.blobs.BlobSettings;
import dev.treadle.bindings.blobs.BlobStore;
import dev.treadle.bindings.blobs.BoundBlobs;
import dev.treadle.bindings.blobs.S3Settings;
import dev.treadle.testkit.TestCall;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Blobs as calls of functions have them, without a node. */
public final class BlobsLab implements AutoCloseable {
    private static final Capacity CAPACITY = new Capacity(128, 1000, Duration.ofSeconds(30));

    private final BlobFolder folder;
    private final BlobProvider provider;
    private final BlobStore store;
    private final Turnstile turnstile = new Turnstile(CAPACITY.callsMax(), CAPACITY.waitingMax());
    private final BindingMeter meter = new BindingMeter();

    private BlobsLab(Path path, BlobSettings.Source source) {
        this.folder = new BlobFolder(path, InstantSource.system());
        this.provider = new BlobProviders(folder).provider(new BlobSettings(CAPACITY, source));
        this.store = provider.store("bench");
    }

    /** In files in this folder. */
    public static BlobsLab embedded(Path folder) {
        return new BlobsLab(folder, new BlobSettings.Directory());
    }

    /** In the S3 at this URL. */
    public static BlobsLab s3(Path folder, String url, String accessKey, String secretKey) {
        return new BlobsLab(
                folder,
                new BlobSettings.S3(
                        new S3Settings(
                                URI.create(url),
                                "us-east-1",
                                Optional.empty(),
                                new S3Settings.Keys(accessKey, secretKey))));
    }

    /** What {@code context.blobs} gives to one call. */
    public Blobs blobs() {
        Guard guard =
                new Guard(
                        "files", provider, turnstile, meter, TestCall.PATIENT, CAPACITY.timeout());
        return new BoundBlobs(store, guard, _ -> {});
    }

    @Override
    public void close() {
        provider.close();
        folder.close();
    }
}
