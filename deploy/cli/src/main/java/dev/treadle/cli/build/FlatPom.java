package dev.treadle.cli.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A pom for one of our jars that stands on its own: no parent, and each dependency with the version
 * that the distribution has beside the jar.
 */
final class FlatPom {
    private static final Pattern DEPENDENCY =
            Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<(groupId|artifactId|scope)>([^<]+)<");

    private FlatPom() {}

    static String of(Path jar) throws IOException {
        String artifact = LocalRepository.artifact(jar);
        StringBuilder pom = new StringBuilder();
        pom.append("<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n")
                .append("<modelVersion>4.0.0</modelVersion>\n")
                .append("<groupId>dev.treadle</groupId>\n")
                .append("<artifactId>%s</artifactId>\n".formatted(artifact))
                .append(
                        "<version>%s</version>\n<dependencies>\n"
                                .formatted(LocalRepository.version(jar)));
        Matcher each = DEPENDENCY.matcher(packed(jar, artifact));
        while (each.find()) {
            pom.append(dependency(each.group(1), jar.resolveSibling(".").normalize()));
        }
        return pom.append("</dependencies>\n</project>\n").toString();
    }

    private static String packed(Path jar, String artifact) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry("META-INF/maven/dev.treadle/" + artifact + "/pom.xml");
            if (entry == null) {
                return "";
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    /** Empty for what only our own build needs. */
    private static String dependency(String tags, Path lib) throws IOException {
        String group = tag(tags, "groupId");
        String artifact = tag(tags, "artifactId");
        String scope = tag(tags, "scope");
        if (!List.of("", "compile", "runtime").contains(scope)) {
            return "";
        }
        return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>\n"
                .formatted(group, artifact, versionIn(lib, group, artifact));
    }

    private static String tag(String tags, String name) {
        Matcher tag = TAG.matcher(tags);
        while (tag.find()) {
            if (tag.group(1).equals(name)) {
                return tag.group(2).strip();
            }
        }
        return "";
    }

    /** Another group may have an artifact of the same name. */
    private static String versionIn(Path lib, String group, String artifact) throws IOException {
        List<Path> named = named(lib, artifact);
        for (Path jar : named) {
            if (named.size() == 1 || isOf(jar, group, artifact)) {
                return Contents.stem(jar).substring(artifact.length() + 1);
            }
        }
        throw new IOException("%s has no %s:%s".formatted(lib, group, artifact));
    }

    private static List<Path> named(Path lib, String artifact) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(artifact) + "-[0-9].*");
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> name.matcher(Contents.stem(file)).matches()).toList();
        }
    }

    private static boolean isOf(Path jar, String group, String artifact) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getEntry("META-INF/maven/%s/%s/pom.xml".formatted(group, artifact)) != null;
        }
    }
}
