package dev.treadle.trigger.nats.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of a managed server. It listens on this machine only.
 *
 * @param name by which the node knows its own server
 * @param password what clients must know; empty for an open server
 * @param version of the server: an older one refuses settings that it does not know
 */
record ServerConfig(
        String name,
        int port,
        Optional<String> password,
        Path store,
        Path log,
        Durability durability,
        ServerVersion version) {

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("server_name: " + quoted(name));
        lines.add("listen: " + quoted("127.0.0.1:" + port));
        lines.add("log_file: " + quoted(log.toString()));
        lines.add("logfile_size_limit: 8MB");
        if (version.atLeast(2, 10)) {
            lines.add("logfile_max_num: 3");
        }
        lines.add("jetstream {");
        lines.add("    store_dir: " + quoted(store.toString()));
        if (ServerFeature.FSYNC.isIn(version)) {
            lines.add("    sync_interval: " + quoted(durability.syncInterval()));
        }
        lines.add("}");
        password.ifPresent(secret -> lines.add(authorization(secret)));
        return String.join("\n", lines) + "\n";
    }

    private static String authorization(String password) {
        return "authorization { user: %s, password: %s }"
                .formatted(quoted(ServerFolder.USER), quoted(password));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
