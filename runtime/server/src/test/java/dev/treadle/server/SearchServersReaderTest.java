package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.search.SearchSettings;
import dev.treadle.bindings.search.meilisearch.MeilisearchSettings;
import dev.treadle.bindings.search.opensearch.OpenSearchSettings;
import dev.treadle.bindings.vectors.VectorSettings;
import dev.treadle.bindings.vectors.qdrant.QdrantSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers behind documents and vectors, in the configuration. */
class SearchServersReaderTest {
    @TempDir Path folder;

    @Test
    void anOpenSearchHasItsUrlsLoginAndTls() throws Exception {
        Path pem = Files.writeString(folder.resolve("ca.pem"), "");
        assertThat(
                        read("""
                             bindings:
                               search:
                                 default:
                                   provider: opensearch
                                   url: "https://a:1/, https://b"
                                   user: node
                                   password: s3cret
                                   tls: {ca: %s}
                             """
                                        .formatted(pem))
                                .bindings()
                                .search()
                                .usual()
                                .source())
                .isEqualTo(
                        new SearchSettings.OpenSearch(
                                new OpenSearchSettings(
                                        List.of(
                                                URI.create("https://a:1"),
                                                URI.create("https://b:9200")),
                                        Optional.of(new OpenSearchSettings.Login("node", "s3cret")),
                                        Optional.of(pem))))
                .asString()
                .doesNotContain("s3cret");
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        bindings:
                                          search:
                                            default: {provider: opensearch}
                                            a: {provider: opensearch, url: "http://me:s3cret@h"}
                                            b: {provider: opensearch, url: "http://h:99999"}
                                            c: {provider: opensearch, url: "http://h,https://h", user: u}
                                            d: {provider: opensearch, url: "http://h", tls: {ca: nowhere.pem}}
                                        """))
                .hasMessageContaining("bindings.search.default.url: expected http://HOST:PORT")
                .hasMessageContaining("found nothing")
                .hasMessageContaining("bindings.search.a.url: expected http://HOST:PORT")
                .hasMessageContaining("bindings.search.b.url: expected http://HOST:PORT")
                .hasMessageContaining("bindings.search.c.url: expected all servers with http, or")
                .hasMessageContaining("bindings.search.c: expected both user and password")
                .hasMessageContaining("bindings.search.d.tls.ca is for a url that begins with http")
                .hasMessageContaining("bindings.search.d.tls.ca: nowhere.pem cannot be read")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void aMeilisearchHasItsUrlAndKey() throws Exception {
        assertThat(
                        read("""
                                        bindings:
                                          search:
                                            default: {provider: meilisearch, url: "http://m:7700/", api-key: s3cret}
                                        """)
                                .bindings()
                                .search()
                                .usual()
                                .source())
                .isEqualTo(
                        new SearchSettings.Meilisearch(
                                new MeilisearchSettings(
                                        URI.create("http://m:7700"),
                                        Optional.of(new MeilisearchSettings.Key("s3cret")))))
                .asString()
                .doesNotContain("s3cret");
        assertThatThrownBy(
                        () ->
                                read(
                                        "bindings: {search: {a: {provider: meilisearch, url: \"http://me:s3cret@h\"}}}"))
                .hasMessageContaining("bindings.search.a.url: expected http://HOST:PORT")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void aQdrantHasItsUrlKeyAndTls() throws Exception {
        Path pem = Files.writeString(folder.resolve("ca.pem"), "");
        StoreMap<VectorSettings> vectors =
                read("""
                     bindings:
                       vectors:
                         default: {provider: qdrant, url: "https://q.example", api-key: s3cret, tls: {ca: %s}, replicas: 2}
                         other: {provider: qdrant, url: "http://[::1]:6000/"}
                     """
                                .formatted(pem))
                        .bindings()
                        .vectors();

        assertThat(vectors.usual().source())
                .isEqualTo(
                        new VectorSettings.Qdrant(
                                new QdrantSettings(
                                        "q.example",
                                        6334,
                                        true,
                                        Optional.of(pem),
                                        Optional.of("s3cret"),
                                        2)))
                .asString()
                .doesNotContain("s3cret");
        assertThat(vectors.of("other").source())
                .isEqualTo(
                        new VectorSettings.Qdrant(
                                new QdrantSettings(
                                        "[::1]",
                                        6000,
                                        false,
                                        Optional.empty(),
                                        Optional.empty(),
                                        1)));
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        bindings:
                                          vectors:
                                            default: {provider: qdrant}
                                            a: {provider: qdrant, url: "http://me:s3cret@h"}
                                            b: {provider: qdrant, url: "http://h", tls: {ca: nowhere.pem}}
                                        """))
                .hasMessageContaining(
                        "bindings.vectors.default.url: expected http://HOST:PORT or https://HOST:PORT of its gRPC, without a path, found nothing")
                .hasMessageContaining("bindings.vectors.a.url: expected http://HOST:PORT")
                .hasMessageContaining(
                        "bindings.vectors.b.tls.ca is for a url that begins with https")
                .hasMessageContaining("bindings.vectors.b.tls.ca: nowhere.pem cannot be read")
                .message()
                .doesNotContain("s3cret");
    }

    private NodeConfig read(String yaml) throws Exception {
        return TestConfig.read(folder, yaml);
    }
}
