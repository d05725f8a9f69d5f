package dev.treadle.server;

import dev.treadle.trigger.http.HttpTriggerConfig;
import dev.treadle.trigger.nats.server.NatsSettings;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts a node's configuration together: flags over environment over {@code treadle.yaml} over
 * defaults.
 */
final class ConfigReader {
    static final String FILE = "treadle.yaml";

    private static final Pattern HOST =
            Pattern.compile(
                    "\\*|(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+]");

    private ConfigReader() {}

    /** A configuration that cannot be used; the message lists everything that is wrong. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String source, List<String> errors) {
            super(
                    "%s has %d error%s:\n  - %s"
                            .formatted(
                                    source,
                                    errors.size(),
                                    errors.size() == 1 ? "" : "s",
                                    String.join("\n  - ", errors)));
        }
    }

    static NodeConfig read(UpFlags flags, Map<String, String> environment) throws Invalid {
        Path file = Path.of(flags.value("--config").orElse(FILE));
        if (flags.has("--config") && !Files.exists(file)) {
            throw new Invalid(file.toString(), List.of("the file is not there"));
        }
        ConfigKeys keys = new ConfigKeys(flatten(file), environment);
        HttpTriggerConfig defaults = HttpTriggerConfig.defaults();
        List<String> errors = new ArrayList<>();
        Optional<String> dataKey = keys.text("data");
        Path data = Path.of(flags.value("--data").or(() -> dataKey).orElse(".treadle"));
        String httpHost = keys.text("http.host").orElse(defaults.host());
        int httpPort =
                flagged(
                        flags.port("--http"),
                        keys.integer("http.port", 0, 65_535, defaults.port()));
        Optional<HttpTriggerConfig.Tls> tls = new TlsReader(keys, errors).read("http");
        HttpTriggerConfig http =
                new HttpTriggerConfig(
                        httpHost,
                        httpPort,
                        tls,
                        (int)
                                keys.bytes(
                                        "http.headers-max",
                                        1024,
                                        1 << 20,
                                        defaults.maxHeaderBytes()),
                        keys.bytes(
                                "http.payload-max", 1, Long.MAX_VALUE, defaults.maxPayloadBytes()),
                        keys.integer(
                                "http.connections-max", 1, 1_000_000, defaults.maxConnections()),
                        keys.duration("http.idle-timeout", defaults.idleTimeout()));
        NatsReader nats = new NatsReader(flags, keys, errors);
        NatsSettings natsSettings = nats.read();
        boolean natsIsOff = natsSettings.source() instanceof NatsSettings.Off;
        NodeConfig config =
                new NodeConfig(
                        data.toAbsolutePath().normalize(),
                        http,
                        keys.text("http.public-url").map(url -> url.replaceAll("/+$", "")),
                        keys.text("admin.host").orElse("127.0.0.1"),
                        flagged(flags.port("--admin"), keys.integer("admin.port", 0, 65_535, 8081)),
                        keys.duration("engine.start-timeout", Duration.ofSeconds(30)),
                        keys.duration("engine.drain-timeout", Duration.ofSeconds(30)),
                        keys.integer("logs.lines-max", 1, 1_000_000, 2_000),
                        keys.bytes("logs.bytes-max", 1024, Long.MAX_VALUE, 64L << 20),
                        keys.integer("records.max", 1, 1_000_000, 512),
                        hosts(keys.text("webhooks.hosts"), errors),
                        natsSettings,
                        nats.functions(),
                        new BindingsReader(keys, errors, natsIsOff).read(),
                        new ModelsReader(keys, errors).read(),
                        new OipReader(keys, errors).read(),
                        new GrpcReader(keys, errors).read());
        errors.addAll(keys.errors());
        if (!errors.isEmpty()) {
            throw new Invalid(Files.exists(file) ? file.toString() : "the environment", errors);
        }
        return config;
    }

    private static List<String> hosts(Optional<String> text, List<String> errors) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> hosts = Stream.of(text.get().split(",")).map(String::strip).toList();
        hosts.stream()
                .filter(host -> !HOST.matcher(host).matches())
                .forEach(
                        host ->
                                errors.add(
                                        "webhooks.hosts: expected hosts with commas between, such as 10.0.0.7, hooks.example or *.svc.example, found '%s'"
                                                .formatted(host)));
        return hosts;
    }

    private static int flagged(Optional<Integer> flag, int otherwise) {
        return flag.orElse(otherwise);
    }

    /** A missing file is an empty one: most nodes need none. */
    private static Map<String, String> flatten(Path file) throws Invalid {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return new TreeMap<>(
                    Config.builder()
                            .disableEnvironmentVariablesSource()
                            .disableSystemPropertiesSource()
                            .disableKeyResolving()
                            .disableValueResolving()
                            .addSource(ConfigSources.file(file))
                            .build()
                            .asMap()
                            .orElse(Map.of()));
        } catch (RuntimeException e) {
            throw new Invalid(file.toString(), List.of("it is not YAML: " + e.getMessage()));
        }
    }
}
