package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.kv.KvSettings;
import dev.treadle.bindings.redis.RedisSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private NodeConfig read(String yaml) throws Exception {
        return TestConfig.read(folder, yaml);
    }
}
