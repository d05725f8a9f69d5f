package dev.treadle.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Tokens as HTTP and gRPC carry them: {@code Authorization: Bearer TOKEN}. */
public final class Bearer {
    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    /** Whether a header carries a token; takes the same time for any wrong one. */
    public static boolean carries(String authorization, String token) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        authorization
                                .substring(SCHEME.length())
                                .strip()
                                .getBytes(StandardCharsets.UTF_8));
    }
}
