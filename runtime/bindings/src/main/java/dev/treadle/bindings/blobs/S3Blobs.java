package dev.treadle.bindings.blobs;

import dev.treadle.Blobs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store in an S3: a bucket of its own, or the names that begin so in a bucket of all. */
final class S3Blobs implements BlobStore {
    /** As large as the pieces of a put are that nobody knows the size of. */
    private static final long PIECE = 8 << 20;

    /** So many bytes come along when a blob is looked for. */
    private static final int START = 64 << 10;

    private final S3Home home;
    private final String bucket;
    private final String prefix;
    private final InstantSource clock;

    S3Blobs(S3Home home, String store, InstantSource clock) {
        this.home = home;
        Optional<String> shared = home.settings().bucket();
        this.bucket = shared.orElse(store);
        this.prefix = shared.isPresent() ? store + "/" : "";
        this.clock = clock;
    }

    @Override
    public Optional<Blobs.Info> info(String key) {
        StatObjectArgs wanted =
                StatObjectArgs.builder().bucket(bucket).object(prefix + key).build();
        return home.call(
                s3 -> {
                    try {
                        return Optional.of(S3Headers.info(key, s3.statObject(wanted).headers()));
                    } catch (MinioException e) {
                        if (isMissing(e)) {
                            return Optional.empty();
                        }
                        throw e;
                    }
                });
    }

    /** One request for all of a small one; of a large one, reading goes on after its start. */
    @Override
    public Optional<Look> look(String key) {
        GetObjectArgs wanted =
                GetObjectArgs.builder()
                        .bucket(bucket)
                        .object(prefix + key)
                        .offset(0L)
                        .length((long) START)
                        .build();
        return home.call(
                s3 -> {
                    try (GetObjectResponse found = s3.getObject(wanted)) {
                        return Optional.of(look(key, found));
                    } catch (MinioException e) {
                        if (S3Home.says(e, "InvalidRange")) {
                            return BlobStore.super.look(key); // it is empty
                        }
                        if (isMissing(e)) {
                            return Optional.empty();
                        }
                        throw e;
                    }
                });
    }

    private static Look look(String key, GetObjectResponse found) throws IOException {
        Blobs.Info info = S3Headers.info(key, found.headers());
        return new Look(info, found.readNBytes(START));
    }

    private static boolean isMissing(MinioException e) {
        return S3Home.says(e, "NoSuchKey") || S3Home.says(e, "NoSuchBucket");
    }

    @Override
    public InputStream read(Look look, long offset, long length) {
        String key = look.info().key();
        int known = look.start().length;
        if (offset >= known) {
            return home.call(s3 -> s3.getObject(part(key, offset, length)));
        }
        long left = length == Long.MAX_VALUE ? length : length - (known - offset);
        return home.call(
                s3 -> {
                    Optional<InputStream> rest =
                            same(s3, part(key, known, left), look.info().etag());
                    return rest.isPresent()
                            ? new SequenceInputStream(
                                    new ByteArrayInputStream(
                                            look.start(), (int) offset, known - (int) offset),
                                    rest.get())
                            : s3.getObject(part(key, offset, length));
                });
    }

    /** Part of the content of this tag; empty when another was put since. */
    private static Optional<InputStream> same(MinioClient s3, GetObjectArgs wanted, String etag)
            throws MinioException, IOException {
        try {
            GetObjectResponse found = s3.getObject(wanted);
            if (S3Headers.etag(found.headers().get("ETag")).equals(etag)) {
                return Optional.of(found);
            }
            found.close();
            return Optional.empty();
        } catch (MinioException e) {
            if (S3Home.says(e, "InvalidRange")) {
                return Optional.empty(); // the other one is shorter
            }
            throw e;
        }
    }

    private GetObjectArgs part(String key, long offset, long length) {
        GetObjectArgs.Builder wanted = GetObjectArgs.builder().bucket(bucket).object(prefix + key);
        if (offset > 0 || length < Long.MAX_VALUE) {
            wanted.offset(offset);
        }
        if (length < Long.MAX_VALUE) {
            wanted.length(length);
        }
        return wanted.build();
    }

    @Override
    public Blobs.Info put(String key, InputStream content, long size, Blobs.Attributes attributes)
            throws IOException {
        home.require(bucket);
        WatchedStream watched = new WatchedStream(content);
        PutObjectArgs args =
                PutObjectArgs.builder().bucket(bucket).object(prefix + key).stream(
                                watched, size < 0 ? null : size, size < 0 ? PIECE : null)
                        .contentType(attributes.contentType().orElse(S3Headers.NO_TYPE))
                        .userMetadata(attributes.metadata())
                        .build();
        String etag;
        try {
            etag = home.call(s3 -> S3Headers.etag(s3.putObject(args).etag()));
        } catch (RuntimeException e) {
            watched.rethrow();
            home.forget(bucket);
            throw e;
        }
        return new Blobs.Info(
                key,
                watched.count(),
                etag,
                attributes.contentType(),
                attributes.metadata(),
                clock.instant());
    }

    @Override
    public void delete(String key) {
        RemoveObjectArgs gone =
                RemoveObjectArgs.builder().bucket(bucket).object(prefix + key).build();
        home.call(
                s3 -> {
                    try {
                        s3.removeObject(gone);
                    } catch (MinioException e) {
                        if (!S3Home.says(e, "NoSuchBucket")) {
                            throw e;
                        }
                    }
                    return true;
                });
    }

    @Override
    public Blobs.Page list(String wanted, int limit, Optional<String> from) {
        ListObjectsArgs.Builder args =
                ListObjectsArgs.builder()
                        .bucket(bucket)
                        .prefix(prefix + wanted)
                        .recursive(true)
                        .maxKeys(Math.min(limit + 1, Blobs.PAGE_MAX));
        from.ifPresent(last -> args.startAfter(prefix + last));
        return home.call(
                s3 -> {
                    List<Blobs.Info> found = new ArrayList<>();
                    try {
                        for (Result<Item> each : s3.listObjects(args.build())) {
                            Item item = each.get();
                            if (found.size() == limit) {
                                return new Blobs.Page(found, Optional.of(found.getLast().key()));
                            }
                            found.add(brief(item));
                        }
                    } catch (MinioException e) {
                        if (!S3Home.says(e, "NoSuchBucket")) {
                            throw e;
                        }
                    }
                    return new Blobs.Page(found, Optional.empty());
                });
    }

    private Blobs.Info brief(Item item) {
        return new Blobs.Info(
                item.objectName().substring(prefix.length()),
                item.size(),
                S3Headers.etag(item.etag()),
                Optional.empty(),
                Map.of(),
                item.lastModified().toInstant());
    }

    @Override
    public URI urlToGet(String key, Duration life) {
        return url(Http.Method.GET, key, life);
    }

    @Override
    public URI urlToPut(String key, Duration life) {
        home.require(bucket);
        return url(Http.Method.PUT, key, life);
    }

    private URI url(Http.Method method, String key, Duration life) {
        GetPresignedObjectUrlArgs wanted =
                GetPresignedObjectUrlArgs.builder()
                        .method(method)
                        .bucket(bucket)
                        .object(prefix + key)
                        .expiry((int) life.toSeconds())
                        .build();
        return home.call(s3 -> URI.create(s3.getPresignedObjectUrl(wanted)));
    }
}
