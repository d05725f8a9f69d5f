package dev.treadle.server;

import dev.treadle.engine.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/**
 * This node's secrets: a file each, mode 0600. An environment variable {@code TREADLE_SECRET_KEY}
 * wins over the file. Safe for threads.
 */
public final class SecretFiles implements Secrets {
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final String VARIABLE = "TREADLE_SECRET_";

    private final NamedFiles files;
    private final Map<String, String> environment;
    private final ConcurrentMap<String, Optional<String>> known = new ConcurrentHashMap<>();

    SecretFiles(Path folder, Map<String, String> environment) {
        this.files = new NamedFiles("secret", folder, KEY, "");
        this.environment = environment;
    }

    /** Whether a key is one that can be used. */
    public static boolean isLegal(String key) {
        return KEY.matcher(key).matches();
    }

    @Override
    public Optional<String> get(String key) {
        String variable = environment.get(VARIABLE + key);
        return variable == null ? known.computeIfAbsent(key, files::get) : Optional.of(variable);
    }

    /** Sets a secret; functions see it from their next read on. */
    public void set(String key, String value) {
        files.set(key, value);
        known.put(key, Optional.of(value));
    }

    /** Removes a secret; says whether it was there. */
    public boolean delete(String key) {
        boolean was = files.delete(key);
        known.put(key, Optional.empty());
        return was;
    }

    /** All secrets by name. */
    public List<NamedFiles.Entry> list() {
        return files.list();
    }
}
