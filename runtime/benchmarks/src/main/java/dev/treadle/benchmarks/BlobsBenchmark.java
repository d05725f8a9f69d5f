package dev.treadle.benchmarks;

import dev.treadle.Blobs;
import dev.treadle.benchmarks.process.BlobsLab;
import dev.treadle.benchmarks.process.Cores;
import dev.treadle.testkit.MinioProcess;
import java.nio.file.Path;
import java.util.List;

/** What a binding of blobs costs beside bare files and the bare client. */
final class BlobsBenchmark implements Benchmark {
    private static final int KEYS = 1_000;
    private static final byte[] CONTENT = new byte[16 << 10];

    @Override
    public String name() {
        return "blobs";
    }

    @Override
    public String question() {
        return "blobs of a function, beside bare files and the bare S3 client";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(Cores.SHARED);
        BindingRounds rounds = new BindingRounds(lab);
        directory(lab, rounds);
        s3(lab, rounds);
        return rounds.rows();
    }

    private static void directory(Lab lab, BindingRounds rounds) throws Exception {
        BareFiles bare = new BareFiles(lab.newFolder("bare-files"));
        Path folder = lab.newFolder("blobs");
        try (BlobsLab ours = BlobsLab.embedded(folder)) {
            rounds.compare(
                    "blobs: put of 16 KiB, beside files by hand",
                    i -> ours.blobs().put(key(i), CONTENT),
                    i -> bare.put(key(i), CONTENT));
            for (int i = 0; i < KEYS; i++) {
                ours.blobs().put(key(i), CONTENT);
                bare.put(key(i), CONTENT);
            }
        }
        try (BlobsLab ours = BlobsLab.embedded(folder)) { // no longer what was just written
            rounds.compare(
                    "blobs: get of 16 KiB, beside files by hand",
                    i -> get(ours.blobs(), key(i)),
                    i -> bare.get(key(i)));
        }
    }

    private static void s3(Lab lab, BindingRounds rounds) throws Exception {
        if (!MinioProcess.isThere()) {
            System.err.println("blobs: there is no minio (PATH, ~/.treadle/bin)");
            return;
        }
        Path folder = lab.newFolder("minio");
        try (MinioProcess server = MinioProcess.start(folder);
                BlobsLab ours =
                        BlobsLab.s3(
                                lab.newFolder("blobs-s3"),
                                server.url(),
                                MinioProcess.ACCESS_KEY,
                                MinioProcess.SECRET_KEY);
                BareS3 bare =
                        new BareS3(
                                server.url(),
                                MinioProcess.ACCESS_KEY,
                                MinioProcess.SECRET_KEY,
                                "bench")) {
            for (int i = 0; i < KEYS; i++) {
                ours.blobs().put(key(i), CONTENT);
            }
            rounds.compare(
                    "blobs: put of 16 KiB to S3, beside its bare client",
                    i -> ours.blobs().put(key(i), CONTENT),
                    i -> bare.put(key(i), CONTENT));
            rounds.compare(
                    "blobs: get of 16 KiB from S3, beside its bare client",
                    i -> get(ours.blobs(), key(i)),
                    i -> bare.get(key(i)));
        }
    }

    private static void get(Blobs blobs, String key) {
        if (blobs.get(key).orElseThrow().bytes().length != CONTENT.length) {
            throw new IllegalStateException(key);
        }
    }

    private static String key(long number) {
        return "key-" + number % KEYS;
    }
}
