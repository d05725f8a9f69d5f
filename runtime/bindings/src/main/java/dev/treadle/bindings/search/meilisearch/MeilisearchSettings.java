package dev.treadle.bindings.search.meilisearch;

import java.net.URI;
import java.util.Optional;

/** Which Meilisearch, and how to get in. */
public record MeilisearchSettings(URI url, Optional<Key> key) {
    /** What requests are signed with. Does not print itself. */
    public record Key(String text) {
        @Override
        public String toString() {
            return "a key";
        }
    }

    /** For people. */
    public String text() {
        return "meilisearch at " + url.getAuthority();
    }
}
