package dev.treadle.server;

import dev.treadle.bindings.table.TableSettings;
import dev.treadle.bindings.table.cassandra.CassandraSettings;
import dev.treadle.bindings.table.cassandra.CassandraSettings.Address;
import dev.treadle.bindings.table.cassandra.CassandraSettings.Login;
import dev.treadle.bindings.table.cassandra.CassandraSettings.Tls;
import dev.treadle.bindings.table.cassandra.CassandraTableProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which Cassandra is behind a table. For one thread. */
final class CassandraReader {
    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");
    private static final Pattern DATACENTER = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern KEYSPACE = Pattern.compile("[A-Za-z0-9_]{1,48}");
    private static final Pattern COPIES = Pattern.compile("[1-9][0-9]?");
    private static final Pattern COPIES_THERE = Pattern.compile("([A-Za-z0-9._-]+):([1-9][0-9]?)");
    private static final int PORT = 9042;
    private static final int PORT_MAX = 65_535;

    private final ConfigKeys keys;
    private final List<String> errors;
    private final String key;

    /**
     * @param key of the table
     */
    CassandraReader(ConfigKeys keys, List<String> errors, String key) {
        this.keys = keys;
        this.errors = errors;
        this.key = key;
    }

    TableSettings.Cassandra read() {
        List<Address> contactPoints = contactPoints();
        String datacenter =
                named(
                        ".datacenter",
                        DATACENTER,
                        "the name of the datacentre whose nodes are asked");
        String keyspace =
                named(".keyspace", KEYSPACE, "a keyspace's name, 1 to 48 letters, digits and _");
        return new TableSettings.Cassandra(
                new CassandraSettings(
                        contactPoints,
                        datacenter,
                        keyspace,
                        replication(datacenter),
                        tls(),
                        login()),
                consistency());
    }

    private List<Address> contactPoints() {
        Optional<String> text = keys.text(key + ".contact-points");
        List<Address> addresses = new ArrayList<>();
        for (String each : text.orElse("").split(",", -1)) {
            Matcher address = ADDRESS.matcher(each.strip());
            int port =
                    !address.matches()
                            ? 0
                            : address.group(2) == null ? PORT : Integer.parseInt(address.group(2));
            if (port < 1 || port > PORT_MAX) {
                errors.add(
                        "%s.contact-points: expected HOST:PORT, several with commas between, found %s"
                                .formatted(key, text.isEmpty() ? "nothing" : "'" + each + "'"));
                return List.of();
            }
            addresses.add(new Address(address.group(1), port));
        }
        return addresses;
    }

    private String named(String name, Pattern form, String expected) {
        Optional<String> text = keys.text(key + name);
        if (text.filter(each -> form.matcher(each).matches()).isEmpty()) {
            errors.add(
                    "%s%s: expected %s, found %s"
                            .formatted(
                                    key,
                                    name,
                                    expected,
                                    text.map(each -> "'" + each + "'").orElse("nothing")));
        }
        return text.orElse("");
    }

    /** A number alone is for the datacentre whose nodes are asked. */
    private Map<String, Integer> replication(String datacenter) {
        String text = keys.text(key + ".replication").orElse("1");
        if (COPIES.matcher(text).matches()) {
            return Map.of(datacenter, Integer.parseInt(text));
        }
        Map<String, Integer> copies = new LinkedHashMap<>();
        for (String each : text.split(",", -1)) {
            Matcher there = COPIES_THERE.matcher(each.strip());
            if (!there.matches()) {
                errors.add(
                        "%s.replication: expected a number of copies, or DATACENTER:COPIES, several with commas between, found '%s'"
                                .formatted(key, text));
                return Map.of(datacenter, 1);
            }
            copies.put(there.group(1), Integer.parseInt(there.group(2)));
        }
        return copies;
    }

    private Optional<Tls> tls() {
        Optional<Path> ca = keys.text(key + ".tls.ca").map(Path::of);
        ca.filter(path -> !Files.isReadable(path))
                .ifPresent(path -> errors.add("%s.tls.ca: %s cannot be read".formatted(key, path)));
        String word = keys.text(key + ".tls.enabled").orElse(ca.isPresent() ? "true" : "false");
        if (!word.equals("true") && !word.equals("false")) {
            errors.add("%s.tls.enabled: expected true or false, found '%s'".formatted(key, word));
        }
        if (ca.isPresent() && word.equals("false")) {
            errors.add("%s.tls.ca is for tls.enabled: true".formatted(key));
        }
        return word.equals("true") ? Optional.of(new Tls(ca)) : Optional.empty();
    }

    private Login login() {
        Optional<String> user = keys.text(key + ".user");
        Optional<String> password = keys.text(key + ".password");
        if (user.isPresent() != password.isPresent()) {
            errors.add("%s: expected both user and password, or neither".formatted(key));
        }
        return new Login(user, password);
    }

    private String consistency() {
        String word = keys.text(key + ".consistency").orElse(CassandraTableProvider.CONSISTENCY);
        if (!CassandraTableProvider.CONSISTENCIES.contains(word)) {
            errors.add(
                    "%s.consistency: expected one of %s, found '%s'"
                            .formatted(
                                    key,
                                    String.join(", ", CassandraTableProvider.CONSISTENCIES),
                                    word));
            return CassandraTableProvider.CONSISTENCY;
        }
        return word;
    }
}
