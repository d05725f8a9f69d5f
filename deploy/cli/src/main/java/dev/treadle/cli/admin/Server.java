package dev.treadle.cli.admin;

import java.net.URI;
import java.util.Optional;

/**
 * A node to talk to.
 *
 * @param url of its admin listener, without a slash at the end
 * @param token empty when none was found
 * @param foundBy how it was found, for people, e.g. {@code --server}
 */
public record Server(URI url, Optional<Token> token, String foundBy) {
    /**
     * A bearer token.
     *
     * @param value what is sent
     * @param source where it came from, for people
     */
    public record Token(String value, String source) {
        @Override
        public String toString() {
            return "token from " + source;
        }
    }
}
