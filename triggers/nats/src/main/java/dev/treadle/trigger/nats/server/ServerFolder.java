package dev.treadle.trigger.nats.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a managed server has on the disk, all of it for its owner only: {@code store/}, its
 * configuration, password, log, process id, and the URL with the password while it runs.
 */
record ServerFolder(Path folder) {
    static final String USER = "treadle";
    private static final int PASSWORD_BYTES = 16;

    ServerFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    void create() throws IOException {
        PrivateFiles.createFolder(folder);
    }

    Path config() {
        return folder.resolve("nats-server.conf");
    }

    Path log() {
        return folder.resolve("nats-server.log");
    }

    Path store() {
        return folder.resolve("store");
    }

    /** The password, made at the first start: other users of the machine do not have it. */
    String password() throws IOException {
        Path file = folder.resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            PrivateFiles.write(folder, "password", HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    void writeConfig(String text) throws IOException {
        PrivateFiles.write(folder, "nats-server.conf", text);
    }

    void writeUrl(String url) throws IOException {
        PrivateFiles.write(folder, "url", url + "\n");
    }

    void removeUrl() throws IOException {
        Files.deleteIfExists(folder.resolve("url"));
    }

    void writePid(long pid) throws IOException {
        PrivateFiles.write(folder, "pid", Long.toString(pid));
    }

    Optional<Long> pid() throws IOException {
        Path file = folder.resolve("pid");
        return Files.exists(file)
                ? Optional.of(Long.valueOf(Files.readString(file).strip()))
                : Optional.empty();
    }

    void removePid() throws IOException {
        Files.deleteIfExists(folder.resolve("pid"));
    }

    /** The log's last line, which says why a server ended. */
    String lastWords() throws IOException {
        if (!Files.exists(log())) {
            return "it left no log";
        }
        return Files.readString(log())
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((_, last) -> last)
                .orElse("its log is empty");
    }
}
