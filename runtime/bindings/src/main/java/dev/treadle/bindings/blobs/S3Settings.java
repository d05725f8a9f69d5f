package dev.treadle.bindings.blobs;

import java.net.URI;
import java.util.Optional;

/**
 * Which S3, and how to get in.
 *
 * @param url where it listens
 * @param region what requests are signed for
 * @param bucket where all stores are, each under its name and a slash; empty for a bucket each
 */
public record S3Settings(URI url, String region, Optional<String> bucket, Keys keys) {
    /** What requests are signed with. Prints no secret. */
    public record Keys(String access, String secret) {
        @Override
        public String toString() {
            return access + " with a secret";
        }
    }

    /** For people. */
    public String text() {
        return "s3 at " + url + bucket.map(name -> ", bucket " + name).orElse("");
    }
}
