package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.bindings.blobs.BlobSettings;
import dev.treadle.bindings.blobs.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An S3 behind blobs, in the configuration. */
class S3ReaderTest {
    @TempDir Path folder;

    @Test
    void anS3HasItsUrlKeysAndBucket() throws Exception {
        assertThat(
                        read("""
                                        bindings:
                                          blobs:
                                            default:
                                              provider: s3
                                              url: "http://minio:9000/"
                                              access-key: node
                                              secret-key: s3cret
                                              bucket: treadle
                                        """)
                                .bindings()
                                .blobs()
                                .usual()
                                .source())
                .isEqualTo(
                        new BlobSettings.S3(
                                new S3Settings(
                                        URI.create("http://minio:9000"),
                                        "us-east-1",
                                        Optional.of("treadle"),
                                        new S3Settings.Keys("node", "s3cret"))))
                .asString()
                .doesNotContain("s3cret");
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        bindings:
                                          blobs:
                                            default: {provider: s3, url: "http://me:s3cret@h", bucket: A}
                                            other: {provider: ftp}
                                        """))
                .hasMessageContaining("bindings.blobs.default.url: expected http://HOST:PORT")
                .hasMessageContaining("bindings.blobs.default.access-key: expected")
                .hasMessageContaining("bindings.blobs.default.secret-key: expected")
                .hasMessageContaining("bindings.blobs.default.bucket: expected a bucket's name")
                .hasMessageContaining(
                        "bindings.blobs.other.provider: expected directory or s3, found 'ftp'")
                .message()
                .doesNotContain("s3cret");
    }

    private NodeConfig read(String yaml) throws Exception {
        return TestConfig.read(folder, yaml);
    }
}
