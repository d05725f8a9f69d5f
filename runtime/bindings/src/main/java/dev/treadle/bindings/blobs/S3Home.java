package dev.treadle.bindings.blobs;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** A client of an S3. Connects when it is used; safe for threads. */
final class S3Home implements AutoCloseable {
    /** What a server says that will serve again by itself, beside everything with a status 503. */
    private static final Set<String> PASSING = Set.of("InternalError", "RequestTimeout");

    private final S3Settings settings;
    private final ExecutorService calls =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("s3-", 0).factory());
    private final MinioClient client;
    private final Set<String> buckets = ConcurrentHashMap.newKeySet();

    /**
     * @param callsMax at once
     * @param timeout to connect, and to wait for each piece of an answer
     */
    S3Home(S3Settings settings, int callsMax, Duration timeout) {
        this.settings = settings;
        Dispatcher dispatcher = new Dispatcher(calls);
        dispatcher.setMaxRequests(callsMax);
        dispatcher.setMaxRequestsPerHost(callsMax);
        OkHttpClient http =
                new OkHttpClient.Builder()
                        .dispatcher(dispatcher)
                        .connectionPool(new ConnectionPool(callsMax, 1, TimeUnit.MINUTES))
                        .connectTimeout(timeout)
                        .readTimeout(timeout)
                        .writeTimeout(timeout)
                        .build();
        this.client =
                MinioClient.builder()
                        .endpoint(settings.url().toString())
                        .region(settings.region())
                        .credentials(settings.keys().access(), settings.keys().secret())
                        .httpClient(http, true)
                        .build();
    }

    S3Settings settings() {
        return settings;
    }

    /** Work on the client. */
    @FunctionalInterface
    interface Work<T> {
        T on(MinioClient client) throws MinioException, IOException;
    }

    /** Runs a call, and turns what goes wrong into a {@link StoreFailure}. */
    <T> T call(Work<T> work) {
        try {
            return work.on(client);
        } catch (MinioException | IOException | IllegalStateException e) {
            throw failure(e); // the client wraps a lost connection into the last of them
        }
    }

    /** Makes the bucket once, where it is not there. */
    void require(String bucket) {
        if (buckets.contains(bucket)) {
            return;
        }
        call(
                s3 -> {
                    if (!s3.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
                        s3.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
                    }
                    return true;
                });
        buckets.add(bucket);
    }

    /** The bucket is gone: it is to be looked for again. */
    void forget(String bucket) {
        buckets.remove(bucket);
    }

    Optional<String> trouble() {
        String bucket = settings.bucket().orElse("treadle");
        try {
            call(s3 -> s3.bucketExists(BucketExistsArgs.builder().bucket(bucket).build()));
            return Optional.empty();
        } catch (StoreFailure e) {
            return Optional.of(e.detail());
        }
    }

    static boolean says(MinioException e, String code) {
        return e instanceof ErrorResponseException error
                && error.errorResponse().code().equals(code);
    }

    static StoreFailure failure(Exception e) {
        Reason reason =
                switch (e) {
                    case ErrorResponseException error when isPassing(error) -> Reason.UNAVAILABLE;
                    case ErrorResponseException _ -> Reason.FAILED;
                    case ServerException _ -> Reason.UNAVAILABLE;
                    default -> isTransport(e) ? Reason.UNAVAILABLE : Reason.FAILED;
                };
        return new StoreFailure(reason, "S3: " + e.getMessage(), e);
    }

    private static boolean isPassing(ErrorResponseException error) {
        return error.response().code() == HttpURLConnection.HTTP_UNAVAILABLE
                || PASSING.contains(error.errorResponse().code());
    }

    private static boolean isTransport(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception e) {
            System.getLogger(S3Home.class.getName())
                    .log(System.Logger.Level.WARNING, "the S3 client did not close", e);
        }
        calls.shutdownNow();
    }
}
