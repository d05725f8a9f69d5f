package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.blobs.BlobSettings;
import dev.treadle.bindings.blobs.S3Settings;
import dev.treadle.bindings.kv.KvSettings;
import dev.treadle.bindings.redis.RedisSettings;
import dev.treadle.bindings.search.SearchSettings;
import dev.treadle.bindings.search.meilisearch.MeilisearchSettings;
import dev.treadle.bindings.search.opensearch.OpenSearchSettings;
import dev.treadle.bindings.table.TableSettings;
import dev.treadle.bindings.table.cassandra.CassandraSettings;
import dev.treadle.bindings.vectors.VectorSettings;
import dev.treadle.bindings.vectors.qdrant.QdrantSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is behind stores: {@code bindings} in the configuration. */
class BindingsReaderTest {
    @TempDir Path folder;

    @Test
    void everythingWrongAboutBindingsIsSaidAtOnce() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        bindings:
                                          kv:
                                            default: {provider: redix, calls-max: 0}
                                            My_Store: {fsync: perhaps}
                                            sessions: {timout: 1s}
                                          search:
                                            default: {provider: solr}
                                          vectors:
                                            default: {provider: pinecone}
                                        """))
                .hasMessageContaining(
                        "bindings.kv.default.provider: expected rocksdb, redis or nats, found 'redix'")
                .hasMessageContaining("bindings.kv.default.calls-max: expected a number from 1")
                .hasMessageContaining(
                        "bindings.search.default.provider: expected lucene, meilisearch or opensearch, found 'solr'")
                .hasMessageContaining(
                        "bindings.vectors.default.provider: expected lucene or qdrant, found 'pinecone'")
                .hasMessageContaining("bindings.kv.My_Store: expected a store's name")
                .hasMessageContaining(
                        "bindings.kv.My_Store.fsync: expected true or false, found 'perhaps'")
                .hasMessageContaining(
                        "bindings.kv.sessions.timout is not a setting (did you mean"
                                + " bindings.kv.sessions.timeout?)");
    }

    @Test
    void aRedisHasItsServersModeLoginAndTls() throws Exception {
        Path pem = Files.writeString(folder.resolve("ca.pem"), "");

        StoreMap<KvSettings> kv =
                read("""
                     bindings:
                       kv:
                         default:
                           provider: redis
                           url: "rediss://a:1,[::1],b.c"
                           mode: cluster
                           user: node
                           password: s3cret
                           database: 2
                           tls: {ca: %s}
                         other: {provider: redis, url: "redis://s", mode: sentinel, master: m}
                     """
                                .formatted(pem))
                        .bindings()
                        .kv();

        assertThat(kv.usual().source())
                .isEqualTo(
                        new KvSettings.Redis(
                                new RedisSettings(
                                        List.of(
                                                new RedisSettings.Address("a", 1),
                                                new RedisSettings.Address("[::1]", 6379),
                                                new RedisSettings.Address("b.c", 6379)),
                                        new RedisSettings.Mode.Cluster(),
                                        Optional.of(new RedisSettings.Tls(Optional.of(pem))),
                                        new RedisSettings.Login(
                                                Optional.of("node"), Optional.of("s3cret")),
                                        2)))
                .asString()
                .doesNotContain("s3cret");
        assertThat(kv.of("other").source())
                .isEqualTo(
                        new KvSettings.Redis(
                                new RedisSettings(
                                        List.of(new RedisSettings.Address("s", 26379)),
                                        new RedisSettings.Mode.Sentinel("m"),
                                        Optional.empty(),
                                        RedisSettings.Login.NONE,
                                        0)));
    }

    @Test
    void natsIsBehindAStoreWhereThereIsNats() throws Exception {
        String nats = "bindings: {kv: {default: {provider: nats, replicas: 3}}}\n";

        assertThat(read(nats).bindings().kv().usual().source()).isEqualTo(new KvSettings.Nats(3));
        assertThatThrownBy(() -> read(nats + "nats: {server: off}"))
                .hasMessageContaining(
                        "bindings.kv.default.provider: nats needs a NATS server, and nats.server is off");
    }

    @Test
    void everythingWrongAboutARedisIsSaidAndNoSecret() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        bindings:
                                          kv:
                                            default: {provider: redis}
                                            a: {provider: redis, url: "redis://me:s3cret@h"}
                                            b: {provider: redis, url: "redis://h:99999,x"}
                                            c: {provider: redis, url: "redis://h", mode: sentinel}
                                            d: {provider: redis, url: "redis://h", mode: ring}
                                            e: {provider: redis, url: "redis://h", tls: {ca: nowhere.pem}}
                                        """))
                .hasMessageContaining("bindings.kv.default.url: expected redis://HOST:PORT")
                .hasMessageContaining("found nothing")
                .hasMessageContaining("found 'redis://(hidden)@h'")
                .hasMessageContaining("bindings.kv.b.url: expected a port from 1 to 65535")
                .hasMessageContaining("bindings.kv.b.url: several servers are for mode cluster")
                .hasMessageContaining("bindings.kv.c.master is for mode: sentinel, and needed")
                .hasMessageContaining("bindings.kv.d.mode: expected standalone, cluster or")
                .hasMessageContaining("bindings.kv.e.tls.ca is for a url that begins with rediss")
                .hasMessageContaining("bindings.kv.e.tls.ca: nowhere.pem cannot be read")
                .message()
                .doesNotContain("s3cret");
    }

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

    @Test
    void aCassandraHasItsNodesKeyspaceLoginAndTls() throws Exception {
        Path pem = Files.writeString(folder.resolve("ca.pem"), "");
        StoreMap<TableSettings> tables =
                read("""
                     bindings:
                       table:
                         default:
                           provider: cassandra
                           contact-points: "a:1, [::1]"
                           datacenter: dc1
                           keyspace: Shop
                           replication: "dc1:3,dc2:2"
                           consistency: quorum
                           user: node
                           password: s3cret
                           tls: {ca: %s}
                         other: {provider: cassandra, contact-points: c, datacenter: d, keyspace: k, replication: 3}
                     """
                                .formatted(pem))
                        .bindings()
                        .tables();

        assertThat(tables.usual().source())
                .isEqualTo(
                        new TableSettings.Cassandra(
                                new CassandraSettings(
                                        List.of(
                                                new CassandraSettings.Address("a", 1),
                                                new CassandraSettings.Address("[::1]", 9042)),
                                        "dc1",
                                        "Shop",
                                        Map.of("dc1", 3, "dc2", 2),
                                        Optional.of(new CassandraSettings.Tls(Optional.of(pem))),
                                        new CassandraSettings.Login(
                                                Optional.of("node"), Optional.of("s3cret"))),
                                "quorum"))
                .asString()
                .doesNotContain("s3cret");
        assertThat(tables.of("other").source())
                .isEqualTo(
                        new TableSettings.Cassandra(
                                new CassandraSettings(
                                        List.of(new CassandraSettings.Address("c", 9042)),
                                        "d",
                                        "k",
                                        Map.of("d", 3),
                                        Optional.empty(),
                                        CassandraSettings.Login.NONE),
                                "local-quorum"));
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        bindings:
                                          table:
                                            default:
                                              provider: cassandra
                                              contact-points: "a:0"
                                              keyspace: my-shop
                                              replication: none
                                              consistency: some
                                              user: node
                                              tls: {enabled: perhaps, ca: /nowhere}
                                            other: {provider: scylla}
                                        """))
                .hasMessageContaining(
                        "bindings.table.default.contact-points: expected HOST:PORT, several with commas between, found 'a:0'")
                .hasMessageContaining(
                        "bindings.table.default.datacenter: expected the name of the datacentre whose nodes are asked, found nothing")
                .hasMessageContaining(
                        "bindings.table.default.keyspace: expected a keyspace's name, 1 to 48 letters, digits and _, found 'my-shop'")
                .hasMessageContaining(
                        "bindings.table.default.replication: expected a number of copies, or DATACENTER:COPIES")
                .hasMessageContaining(
                        "bindings.table.default.consistency: expected one of one, quorum, all, local-one, local-quorum, found 'some'")
                .hasMessageContaining(
                        "bindings.table.default: expected both user and password, or neither")
                .hasMessageContaining(
                        "bindings.table.default.tls.enabled: expected true or false, found 'perhaps'")
                .hasMessageContaining("bindings.table.default.tls.ca: /nowhere cannot be read")
                .hasMessageContaining(
                        "bindings.table.other.provider: expected rocksdb or cassandra, found 'scylla'");
    }

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

    private NodeConfig read(String yaml) throws Exception {
        return TestConfig.read(folder, yaml);
    }
}
