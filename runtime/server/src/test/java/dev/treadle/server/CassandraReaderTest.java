package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.table.TableSettings;
import dev.treadle.bindings.table.cassandra.CassandraSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Cassandra behind tables, in the configuration. */
class CassandraReaderTest {
    @TempDir Path folder;

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

    private NodeConfig read(String yaml) throws Exception {
        return TestConfig.read(folder, yaml);
    }
}
