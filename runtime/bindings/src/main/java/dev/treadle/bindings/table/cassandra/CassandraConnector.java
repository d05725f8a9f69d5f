package dev.treadle.bindings.table.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import dev.treadle.bindings.TrustedCa;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Makes sessions: blocks until there is one, and makes the keyspace where it is not there. */
record CassandraConnector(CassandraSettings settings) {
    private static final ClassLoader OURS = CassandraConnector.class.getClassLoader();
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration RECONNECT_FIRST = Duration.ofMillis(200);
    private static final Duration RECONNECT_MAX = Duration.ofSeconds(3);

    /** How long the server may take to change its schema. */
    static final Duration CHANGING = Duration.ofSeconds(20);

    /** What limits how many calls run are the places for calls. */
    private static final int REQUESTS_MAX = 32_000;

    CqlSession connect() {
        CqlIdentifier keyspace = CqlIdentifier.fromInternal(settings.keyspace());
        try {
            return builder().withKeyspace(keyspace).build();
        } catch (InvalidKeyspaceException e) {
            try (CqlSession first = builder().build()) {
                first.execute(SimpleStatement.newInstance(create()).setTimeout(CHANGING));
            }
            return builder().withKeyspace(keyspace).build();
        }
    }

    private String create() {
        String copies =
                settings.replication().entrySet().stream()
                        .map(each -> "'%s': %d".formatted(each.getKey(), each.getValue()))
                        .collect(Collectors.joining(", "));
        return "CREATE KEYSPACE IF NOT EXISTS \"%s\" WITH replication = {'class': 'NetworkTopologyStrategy', %s}"
                .formatted(settings.keyspace(), copies);
    }

    /** A function's own class loader may be that of the thread. */
    private CqlSessionBuilder builder() {
        CqlSessionBuilder builder =
                CqlSession.builder()
                        .withClassLoader(OURS)
                        .withConfigLoader(config())
                        .withLocalDatacenter(settings.datacenter())
                        .addContactPoints(
                                settings.contactPoints().stream()
                                        .map(
                                                each ->
                                                        new InetSocketAddress(
                                                                each.host(), each.port()))
                                        .toList());
        settings.login()
                .user()
                .ifPresent(
                        user ->
                                builder.withAuthCredentials(
                                        user, settings.login().password().orElse("")));
        settings.tls()
                .ifPresent(
                        tls ->
                                builder.withSslEngineFactory(
                                        new ProgrammaticSslEngineFactory(
                                                TrustedCa.context(tls.ca()), null, true)));
        return builder;
    }

    /**
     * Writes get the server's time, as what compares does, so that both stand in one order as far
     * as the servers' clocks agree.
     */
    private DriverConfigLoader config() {
        return DriverConfigLoader.programmaticBuilder(OURS)
                .withString(DefaultDriverOption.SESSION_NAME, "treadle")
                .withString(
                        DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS,
                        "ServerSideTimestampGenerator")
                .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, REQUESTS_MAX)
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, CONNECTING)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, CONNECTING)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, CONNECTING)
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, CONNECTING)
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, RECONNECT_FIRST)
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, RECONNECT_MAX)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .withBoolean(DefaultDriverOption.CONNECTION_WARN_INIT_ERROR, false)
                .withStringList(
                        DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES,
                        List.of(settings.keyspace()))
                .build();
    }
}
