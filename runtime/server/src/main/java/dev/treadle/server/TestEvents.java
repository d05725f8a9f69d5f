package dev.treadle.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Events that people keep to try functions with: CloudEvents in JSON. Safe for threads. */
public final class TestEvents {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final NamedFiles files;

    TestEvents(Path folder) {
        this.files = new NamedFiles("test event", folder, NAME, ".json");
    }

    /** Whether a name is one that can be used. */
    public static boolean isLegal(String name) {
        return NAME.matcher(name).matches();
    }

    /** Keeps an event, in the place of an older one of the name. */
    public void set(String name, String json) {
        files.set(name, json);
    }

    public Optional<String> get(String name) {
        return files.get(name);
    }

    /** Removes an event; says whether it was there. */
    public boolean delete(String name) {
        return files.delete(name);
    }

    /** All events by name. */
    public List<NamedFiles.Entry> list() {
        return files.list();
    }
}
