package dev.treadle.testkit;

import dev.treadle.Kv;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keys and values as text: what the cases of entries and of stores share. */
final class KvText {
    private KvText() {}

    /** All keys that begin so, each once. */
    static List<String> keys(Kv kv, String prefix) {
        List<String> keys = new ArrayList<>();
        Kv.Page page = kv.scan(prefix, 1000);
        while (true) {
            page.entries().forEach(entry -> keys.add(entry.key()));
            Optional<String> next = page.next();
            if (next.isEmpty()) {
                return keys.stream().distinct().toList();
            }
            page = kv.scan(prefix, 1000, next.get());
        }
    }

    /** As a value has them. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
