package dev.treadle.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The bearer token of the admin API: made at the first start, kept in a file of mode 0600. */
public final class AdminToken {
    private static final int BYTES = 32;

    private final String text;

    private AdminToken(String text) {
        this.text = text;
    }

    /** Reads the token, or makes one. */
    static AdminToken at(Path file) throws IOException {
        if (Files.exists(file)) {
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new IOException(
                        "the admin token file %s is empty; remove it, and the node makes a new token"
                                .formatted(file));
            }
            OwnerFiles.restrict(file);
            return new AdminToken(text);
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        OwnerFiles.write(file, text + "\n");
        return new AdminToken(text);
    }

    /**
     * Whether an {@code Authorization} header carries it; takes the same time for any wrong one.
     */
    public boolean matches(String authorization) {
        return Bearer.carries(authorization, text);
    }

    /** For the file where the command line finds it. */
    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "AdminToken[hidden]";
    }
}
