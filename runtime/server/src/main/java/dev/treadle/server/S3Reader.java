package dev.treadle.server;

import dev.treadle.bindings.blobs.S3Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which S3 is behind a store. For one thread. */
final class S3Reader {
    private static final Pattern URL =
            Pattern.compile(
                    "https?://([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?/?");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final String REGION = "us-east-1";

    private final ConfigKeys keys;
    private final List<String> errors;
    private final String key;

    /**
     * @param key of the store
     */
    S3Reader(ConfigKeys keys, List<String> errors, String key) {
        this.keys = keys;
        this.errors = errors;
        this.key = key;
    }

    S3Settings read() {
        Optional<String> url = keys.text(key + ".url");
        boolean good = url.filter(each -> URL.matcher(each).matches()).isPresent();
        if (!good) {
            errors.add(
                    "%s.url: expected http://HOST:PORT or https://HOST:PORT, without user and path, found %s"
                            .formatted(key, url.isEmpty() ? "nothing" : "another"));
        }
        Optional<String> bucket = keys.text(key + ".bucket");
        bucket.filter(each -> !BUCKET.matcher(each).matches())
                .ifPresent(
                        each ->
                                errors.add(
                                        "%s.bucket: expected a bucket's name, 3 to 63 of a-z, 0-9, . and -, found '%s'"
                                                .formatted(key, each)));
        return new S3Settings(
                URI.create(good ? url.orElseThrow().replaceFirst("/$", "") : "http://localhost"),
                keys.text(key + ".region").orElse(REGION),
                bucket,
                new S3Settings.Keys(required(key + ".access-key"), required(key + ".secret-key")));
    }

    private String required(String name) {
        Optional<String> value = keys.text(name);
        if (value.isEmpty()) {
            errors.add(name + ": expected what requests are signed with, found nothing");
        }
        return value.orElse("");
    }
}
