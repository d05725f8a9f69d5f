package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.bindings.BindingsConfig;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.blobs.BlobSettings;
import dev.treadle.bindings.kv.KvSettings;
import dev.treadle.bindings.model.ModelSettings;
import dev.treadle.bindings.model.oip.OipModel;
import dev.treadle.bindings.search.SearchSettings;
import dev.treadle.bindings.table.TableSettings;
import dev.treadle.bindings.vectors.VectorSettings;
import dev.treadle.inference.Device;
import dev.treadle.inference.InferenceConfig;
import dev.treadle.server.grpc.GrpcConfig;
import dev.treadle.server.oip.OipConfig;
import dev.treadle.trigger.http.HttpTriggerConfig;
import dev.treadle.trigger.nats.server.Durability;
import dev.treadle.trigger.nats.server.NatsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    @TempDir Path folder;

    @Test
    void withoutAnythingTheDefaultsHold() throws Exception {
        NodeConfig config = read("");

        assertThat(config.http()).isEqualTo(HttpTriggerConfig.defaults());
        assertThat(config.data()).isEqualTo(Path.of(".treadle").toAbsolutePath());
        assertThat(config.adminHost()).isEqualTo("127.0.0.1");
        assertThat(config.adminPort()).isEqualTo(8081);
        assertThat(config.publicUrl()).isEmpty();
        assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.nats()).isEqualTo(NatsSettings.defaults());
        assertThat(config.natsFunctions()).isTrue();
    }

    @Test
    void everyKeyReachesItsPlace() throws Exception {
        Path pem = Files.writeString(folder.resolve("x.pem"), "");

        NodeConfig config =
                read(
                        """
                        data: /var/lib/treadle
                        http:
                          host: 10.0.0.1
                          port: 1
                          public-url: https://f.example/
                          tls: {cert: %s, key: %s}
                          headers-max: 8Ki
                          payload-max: 1Gi
                          connections-max: 2
                          idle-timeout: 90s
                        admin: {host: 10.0.0.2, port: 3}
                        engine: {start-timeout: 4s, drain-timeout: 5m}
                        logs: {lines-max: 6, bytes-max: 7Mi}
                        records: {max: 8}
                        webhooks: {hosts: "10.0.0.7, *.svc.example"}
                        nats: {port: 9, durability: fsync, auth: none, functions: false}
                        bindings:
                          kv:
                            default: {calls-max: 5, waiting-max: 0, timeout: 1s}
                            sessions: {provider: rocksdb, fsync: true}
                          table:
                            orders: {provider: rocksdb, fsync: true, calls-max: 9}
                          blobs:
                            default: {provider: directory, calls-max: 7}
                          search:
                            articles: {provider: lucene, documents-max: 50, calls-max: 4}
                          vectors:
                            passages: {provider: lucene, documents-max: 60, timeout: 3s}
                          model:
                            clip: {provider: oip, url: "http://gpu:8001", token: t, model: b32, version: 2}
                        models:
                          device: cuda
                          device-id: 1
                          lanes: 3
                          threads: 4
                          memory: 5Mi
                          waiting-max: 6
                        oip: {host: 10.0.0.3, port: 7, grpc-port: 8, tls: {cert: %s, key: %s}, token: sixteen-letters!, payload-max: 8Mi, timeout: 9s}
                        grpc: {host: 10.0.0.4, port: 9, tls: {cert: %s, key: %s}, token: sixteen-letters., payload-max: 2Mi}
                        """
                                .formatted(pem, pem, pem, pem, pem, pem));

        assertThat(config)
                .isEqualTo(
                        new NodeConfig(
                                Path.of("/var/lib/treadle"),
                                new HttpTriggerConfig(
                                        "10.0.0.1",
                                        1,
                                        Optional.of(new HttpTriggerConfig.Tls(pem, pem)),
                                        8 << 10,
                                        1L << 30,
                                        2,
                                        Duration.ofSeconds(90)),
                                Optional.of("https://f.example"),
                                "10.0.0.2",
                                3,
                                Duration.ofSeconds(4),
                                Duration.ofMinutes(5),
                                6,
                                7L << 20,
                                8,
                                List.of("10.0.0.7", "*.svc.example"),
                                new NatsSettings(
                                        new NatsSettings.Managed(
                                                OptionalInt.of(9), Durability.FSYNC, false),
                                        new NatsSettings.Anonymous(),
                                        Optional.empty()),
                                false,
                                new BindingsConfig(
                                        new StoreMap<>(
                                                new KvSettings(
                                                        new Capacity(5, 0, Duration.ofSeconds(1)),
                                                        new KvSettings.RocksDb(false)),
                                                Map.of(
                                                        "sessions",
                                                        new KvSettings(
                                                                Capacity.DEFAULT,
                                                                new KvSettings.RocksDb(true)))),
                                        new StoreMap<>(
                                                new TableSettings(
                                                        Capacity.DEFAULT,
                                                        new TableSettings.RocksDb(false)),
                                                Map.of(
                                                        "orders",
                                                        new TableSettings(
                                                                new Capacity(
                                                                        9,
                                                                        1000,
                                                                        Duration.ofSeconds(2)),
                                                                new TableSettings.RocksDb(true)))),
                                        new StoreMap<>(
                                                new BlobSettings(
                                                        new Capacity(
                                                                7, 1000, Duration.ofSeconds(2)),
                                                        new BlobSettings.Directory()),
                                                Map.of()),
                                        new StoreMap<>(
                                                new SearchSettings(
                                                        Capacity.DEFAULT,
                                                        SearchSettings.Lucene.DEFAULT),
                                                Map.of(
                                                        "articles",
                                                        new SearchSettings(
                                                                new Capacity(
                                                                        4,
                                                                        1000,
                                                                        Duration.ofSeconds(2)),
                                                                new SearchSettings.Lucene(50)))),
                                        new StoreMap<>(
                                                new VectorSettings(
                                                        Capacity.DEFAULT,
                                                        VectorSettings.Lucene.DEFAULT),
                                                Map.of(
                                                        "passages",
                                                        new VectorSettings(
                                                                new Capacity(
                                                                        128,
                                                                        1000,
                                                                        Duration.ofSeconds(3)),
                                                                new VectorSettings.Lucene(60)))),
                                        new StoreMap<>(
                                                ModelSettings.OWN,
                                                Map.of(
                                                        "clip",
                                                        new ModelSettings(
                                                                Capacity.DEFAULT,
                                                                new ModelSettings.Source.Oip(
                                                                        new OipModel(
                                                                                "gpu",
                                                                                8001,
                                                                                false,
                                                                                Optional.empty(),
                                                                                Optional.of("t"),
                                                                                Optional.of("b32"),
                                                                                Optional.of(
                                                                                        "2"))))))),
                                new InferenceConfig(Device.CUDA, 1, 3, 4, 5L << 20, 6),
                                Optional.of(
                                        new OipConfig(
                                                "10.0.0.3",
                                                7,
                                                OptionalInt.of(8),
                                                Optional.of(new HttpTriggerConfig.Tls(pem, pem)),
                                                Optional.of("sixteen-letters!"),
                                                8 << 20,
                                                Duration.ofSeconds(9))),
                                Optional.of(
                                        new GrpcConfig(
                                                "10.0.0.4",
                                                9,
                                                Optional.of(new HttpTriggerConfig.Tls(pem, pem)),
                                                Optional.of("sixteen-letters."),
                                                2 << 20))));
    }

    @Test
    void modelsAreServedOverGrpcBesideHttp() {
        assertThatThrownBy(() -> read("oip: {grpc-port: 8}"))
                .hasMessageContaining("oip.grpc-port wants oip.port beside it");
    }

    @Test
    void hostsOfWebhooksAreHosts() {
        assertThatThrownBy(() -> read("webhooks: {hosts: 'http://a.example/, b'}"))
                .hasMessageContaining(
                        "webhooks.hosts: expected hosts with commas between, such as 10.0.0.7,"
                                + " hooks.example or *.svc.example, found 'http://a.example/'");
    }

    @Test
    void variableWinsOverTheFileAndFlagOverBoth() throws Exception {
        Path file = file("http: {port: 1}\nadmin: {port: 1}");
        Map<String, String> environment =
                Map.of("TREADLE_HTTP_PORT", "2", "TREADLE_ADMIN_PORT", "2");

        NodeConfig config =
                ConfigReader.read(UpFlags.parse("--admin", "3", "--config=" + file), environment);

        assertThat(config.http().port()).isEqualTo(2);
        assertThat(config.adminPort()).isEqualTo(3);
    }

    @Test
    void allErrorsComeAtOnce() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        http: {prot: 80, idle-timeout: soon, tls: {cert: nowhere.pem}}
                                        oip: {tls: {key: %s, cert: nowhere.pem}}
                                        grpc: {tls: {key: nowhere.pem}}
                                        admin: {port: 70000}
                                        logs: {bytes-max: much}
                                        models: {memory: 1000Ki}
                                        """
                                                .formatted(
                                                        Files.writeString(
                                                                folder.resolve("x.pem"), ""))))
                .isInstanceOf(ConfigReader.Invalid.class)
                .hasMessageContaining("has 8 errors:")
                .hasMessageContaining("- oip.tls: nowhere.pem cannot be read")
                .hasMessageContaining("- grpc.tls needs both cert and key, paths of PEM files")
                .hasMessageContaining("- http.tls needs both cert and key, paths of PEM files")
                .hasMessageContaining(
                        "- http.idle-timeout: expected a duration such as 30s or 5m, found 'soon'")
                .hasMessageContaining(
                        "- admin.port: expected a number from 0 to 65535, found '70000'")
                .hasMessageContaining(
                        "- logs.bytes-max: expected a size such as 512Ki or 64Mi, 1024 bytes or more, found 'much'")
                .hasMessageContaining(
                        "- models.memory: expected a size such as 512Ki or 64Mi, 1048576 bytes or more, found '1000Ki'")
                .hasMessageContaining("- http.prot is not a setting (did you mean http.port?)");
    }

    @Test
    void whatIsNoYamlIsSaidToBeNone() {
        assertThatThrownBy(() -> read("http: [")).hasMessageContaining("it is not YAML");
    }

    @Test
    void readmeListsExactlyTheKeysThatThereAre() throws Exception {
        assertThatThrownBy(() -> read("nothing: x"))
                .message()
                .satisfies(
                        message -> {
                            String known = message.replaceFirst("(?s).*the settings are ", "");
                            assertThat(documentedKeys())
                                    .isEqualTo(new TreeSet<>(List.of(known.split(", "))));
                        });
    }

    private static Set<String> documentedKeys() throws IOException {
        String table =
                Files.readString(Path.of("README.md"))
                        .replaceFirst("(?s)^.*## Configuration", "")
                        .replaceFirst("(?s)## The data folder.*$", "");
        Set<String> keys = new TreeSet<>();
        for (String line : table.lines().filter(line -> line.startsWith("| `")).toList()) {
            Matcher key = Pattern.compile("`([a-z.-]+)`").matcher(line.split("\\|")[1]);
            while (key.find()) {
                if (!key.group(1).startsWith("--")) {
                    keys.add(key.group(1));
                }
            }
        }
        return keys;
    }

    private NodeConfig read(String yaml) throws Exception {
        return TestConfig.read(folder, yaml);
    }

    private Path file(String yaml) throws IOException {
        return TestConfig.file(folder, yaml);
    }
}
