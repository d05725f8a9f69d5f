package dev.treadle.bindings.redis;

import dev.treadle.bindings.TrustedCa;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.providers.ClusterConnectionProvider;

/**
 * Makes clients.
 *
 * @param connectionsMax to each server
 * @param timeout to connect, and to wait for each answer
 */
record RedisConnector(RedisSettings settings, int connectionsMax, Duration timeout) {
    /** Of a cluster's servers that move keys or fail; a call as a whole has its timeout besides. */
    private static final int CLUSTER_TRIES = 3;

    RedisLink connect() {
        DefaultJedisClientConfig client = client(settings.login(), settings.database());
        ConnectionPoolConfig pool = pool();
        return switch (settings.mode()) {
            case RedisSettings.Mode.Standalone _ -> standalone(client, pool);
            case RedisSettings.Mode.Cluster _ -> cluster(client, pool);
            case RedisSettings.Mode.Sentinel(String master) -> sentinel(master, client, pool);
        };
    }

    private RedisLink standalone(DefaultJedisClientConfig config, ConnectionPoolConfig pool) {
        RedisClient client =
                RedisClient.builder()
                        .hostAndPort(addresses().iterator().next())
                        .clientConfig(config)
                        .poolConfig(pool)
                        .build();
        return new RedisLink(client, () -> Map.of("", client.getPool()));
    }

    private RedisLink cluster(DefaultJedisClientConfig config, ConnectionPoolConfig pool) {
        ClusterConnectionProvider provider =
                new ClusterConnectionProvider(addresses(), config, pool);
        RedisClusterClient client =
                RedisClusterClient.builder()
                        .nodes(addresses())
                        .clientConfig(config)
                        .poolConfig(pool)
                        .maxAttempts(CLUSTER_TRIES)
                        .maxTotalRetriesDuration(timeout)
                        .connectionProvider(provider)
                        .build();
        return new RedisLink(client, provider::getPrimaryNodesConnectionMap);
    }

    private RedisLink sentinel(
            String master, DefaultJedisClientConfig config, ConnectionPoolConfig pool) {
        RedisSentinelClient client =
                RedisSentinelClient.builder()
                        .masterName(master)
                        .sentinels(addresses())
                        .sentinelClientConfig(client(RedisSettings.Login.NONE, 0))
                        .clientConfig(config)
                        .poolConfig(pool)
                        .build();
        return new RedisLink(
                client,
                () ->
                        client.getPrimaryNodesConnectionMap().entrySet().stream()
                                .collect(Collectors.toMap(_ -> "", Map.Entry::getValue)));
    }

    private Set<HostAndPort> addresses() {
        return settings.servers().stream()
                .map(each -> new HostAndPort(each.host(), each.port()))
                .collect(Collectors.toSet());
    }

    private DefaultJedisClientConfig client(RedisSettings.Login login, int database) {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder()
                        .connectionTimeoutMillis((int) timeout.toMillis())
                        .socketTimeoutMillis((int) timeout.toMillis())
                        .database(database);
        login.user().ifPresent(config::user);
        login.password().ifPresent(config::password);
        settings.tls()
                .ifPresent(
                        tls -> {
                            SSLParameters checked = new SSLParameters();
                            checked.setEndpointIdentificationAlgorithm("HTTPS");
                            config.ssl(true)
                                    .sslSocketFactory(
                                            TrustedCa.context(tls.ca()).getSocketFactory())
                                    .sslParameters(checked);
                        });
        return config.build();
    }

    private ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connectionsMax);
        pool.setMaxIdle(connectionsMax);
        pool.setMinIdle(0);
        pool.setMaxWait(timeout);
        pool.setJmxEnabled(false);
        return pool;
    }
}
