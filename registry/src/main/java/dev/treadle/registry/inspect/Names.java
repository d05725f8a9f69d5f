package dev.treadle.registry.inspect;

import java.util.Arrays;
import java.util.regex.Pattern;

/** The names of entries in an artifact. */
final class Names {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    private static final String CLASS = ".class";

    private Names() {}

    /** Refuses names that lead out of the folder into which they would be unpacked. */
    static void check(String name, String label) {
        boolean leaves =
                name.isEmpty()
                        || name.startsWith("/")
                        || name.contains("\\")
                        || name.indexOf('\0') >= 0
                        || DRIVE.matcher(name).matches()
                        || Arrays.asList(name.split("/", -1)).contains("..");
        if (leaves) {
            throw new ArtifactException(
                    "%s has an entry named \"%s\", which leads out of it. Build it without that entry."
                            .formatted(label, name.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    /** Classes that a loader sees under their own name. */
    static boolean isClass(String name) {
        return name.endsWith(CLASS)
                && !name.startsWith("META-INF/")
                && !name.endsWith("module-info.class")
                && !name.endsWith("package-info.class");
    }

    static boolean isLibrary(String name) {
        return name.startsWith("lib/") && name.endsWith(".jar") && name.indexOf('/', 4) < 0;
    }

    /** {@code app.Hello} for {@code app/Hello.class}. */
    static String className(String name) {
        return name.substring(0, name.length() - CLASS.length()).replace('/', '.');
    }
}
