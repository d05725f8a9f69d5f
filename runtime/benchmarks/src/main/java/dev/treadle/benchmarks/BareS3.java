package dev.treadle.benchmarks;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** The control of blobs in an S3: its client. */
record BareS3(MinioClient client, String bucket) implements AutoCloseable {
    BareS3(String url, String accessKey, String secretKey, String bucket) {
        this(
                MinioClient.builder()
                        .endpoint(url)
                        .region("us-east-1")
                        .credentials(accessKey, secretKey)
                        .httpClient(manyAtOnce(), true)
                        .build(),
                bucket);
    }

    /** By itself it sends five requests at once, and three of eight callers would wait. */
    private static OkHttpClient manyAtOnce() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(dispatcher.getMaxRequests());
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(
                        new ConnectionPool(dispatcher.getMaxRequests(), 1, TimeUnit.MINUTES))
                .build();
    }

    void put(String key, byte[] content) {
        try {
            client.putObject(
                    PutObjectArgs.builder().bucket(bucket).object(key).stream(
                                    new ByteArrayInputStream(content), (long) content.length, null)
                            .build());
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }

    int get(String key) {
        try (InputStream in =
                client.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build())) {
            return in.readAllBytes().length;
        } catch (MinioException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        client.close();
    }
}
