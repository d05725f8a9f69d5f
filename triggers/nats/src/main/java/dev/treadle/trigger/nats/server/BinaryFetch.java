package dev.treadle.trigger.nats.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Brings a nats-server to this machine, from the first place that has one, and keeps it for the
 * next start. Every place is bounded in time.
 */
final class BinaryFetch {
    private final Path bin;
    private final List<BinarySource> sources;
    private final Consumer<String> notices;

    /**
     * Fetches into a folder.
     *
     * @param bin where the program shall be
     * @param notices takes a line for people at each step
     */
    BinaryFetch(Path bin, List<BinarySource> sources, Consumer<String> notices) {
        this.bin = bin;
        this.sources = sources;
        this.notices = notices;
    }

    /** From the official release, Go or the distribution, into the owner's {@code ~/.treadle}. */
    static BinaryFetch usual(Consumer<String> notices) {
        return new BinaryFetch(
                Path.of(System.getProperty("user.home", "."), ".treadle", "bin"),
                List.of(new ReleaseDownload(), new GoInstall(), new DistributionPackage()),
                notices);
    }

    /**
     * Fetches.
     *
     * @throws IOException when no place has one; the message says why for each
     */
    NatsBinary fetch() throws IOException, InterruptedException {
        List<String> reasons = new ArrayList<>();
        for (BinarySource source : sources) {
            notices.accept("fetching nats-server: " + source.what());
            try {
                NatsBinary binary = from(source);
                notices.accept("fetched nats-server %s to %s".formatted(binary.version(), bin));
                return binary;
            } catch (IOException e) {
                String reason = "%s: %s".formatted(source.what(), e.getMessage());
                notices.accept("not had from " + reason);
                reasons.add(reason);
            }
        }
        throw new IOException(
                "no nats-server is on the PATH, and none could be fetched (%s)"
                        .formatted(String.join("; ", reasons)));
    }

    private NatsBinary from(BinarySource source) throws IOException, InterruptedException {
        PrivateFiles.createFolder(bin);
        Path folder = Files.createTempDirectory(bin, ".fetch-");
        try {
            NatsBinary fetched = NatsBinary.at(source.fetch(folder));
            Path place = bin.resolve("nats-server");
            Files.move(
                    fetched.path(),
                    place,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return new NatsBinary(place, fetched.version());
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
