package dev.treadle.cli;

import dev.treadle.cli.build.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of files in which {@code __NAME__}, {@code __CLASS__} and the like stand for the new
 * project's.
 */
final class Template {
    private final Path folder;
    private final String packageName;
    private final Map<String, String> values = new LinkedHashMap<>();

    Template(Path folder, String function) {
        this.folder = folder;
        this.packageName = "functions." + packageName(function);
        values.put("__NAME__", function);
        values.put("__CLASS__", className(function));
        values.put("__PACKAGE__", packageName);
        values.put("__VERSION__", Version.number());
    }

    /** Writes the project; the paths of its files, below {@code target}. */
    List<String> write(Path target) throws IOException {
        List<String> written = new ArrayList<>();
        try (Stream<Path> files = SourceTree.under(folder)) {
            for (Path file : files.toList()) {
                String name = named(folder.relativize(file));
                Path copy = target.resolve(name);
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, filled(Files.readString(file)));
                written.add(name);
            }
        }
        return written;
    }

    /**
     * A folder named {@code __PACKAGE__} becomes one folder for each part of the package; {@code
     * __DOT__} begins the name of a file that would be hidden in the template.
     */
    private String named(Path path) {
        String text = path.toString().replace('\\', '/').replace("__DOT__", ".");
        return filled(text.replace("__PACKAGE__", packageName.replace('.', '/')));
    }

    private String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace(value.getKey(), value.getValue());
        }
        return filled;
    }

    /** {@code OrderMail} for {@code order-mail}. */
    static String className(String function) {
        String name =
                Pattern.compile("-")
                        .splitAsStream(function)
                        .filter(part -> !part.isEmpty())
                        .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
                        .collect(Collectors.joining());
        return Character.isDigit(name.charAt(0)) ? "Function" + name : name;
    }

    private static String packageName(String function) {
        String name = function.replace("-", "");
        return Character.isDigit(name.charAt(0)) ? "f" + name : name;
    }
}
