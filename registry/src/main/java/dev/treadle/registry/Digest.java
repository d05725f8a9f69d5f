package dev.treadle.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of an artifact's bytes, as 64 lower-case hexadecimal digits. */
public record Digest(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "not a SHA-256 in lower-case hexadecimal: '" + hex + "'");
        }
    }

    public static Digest of(byte[] bytes) {
        return finish(sha256(), bytes);
    }

    public static Digest of(Path file) throws IOException {
        MessageDigest sha = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
        }
        return finish(sha, new byte[0]);
    }

    /** A fresh SHA-256, for those who hash while they copy. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The digest of what {@code sha} has seen, and then {@code rest}. */
    public static Digest finish(MessageDigest sha, byte[] rest) {
        return new Digest(HexFormat.of().formatHex(sha.digest(rest)));
    }

    /** The first twelve digits, for people. */
    public String brief() {
        return hex.substring(0, 12);
    }

    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
