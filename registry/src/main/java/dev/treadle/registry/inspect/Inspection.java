package dev.treadle.registry.inspect;

import dev.treadle.registry.manifest.DidYouMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is in an artifact. */
public final class Inspection {
    private static final int SHOWN_MAX = 5;

    private final String label;
    private final String form;
    private final Optional<String> manifest;
    private final ClassIndex classes;
    private final List<HandlerClass> handlers;

    Inspection(String label, String form, Optional<String> manifest, ClassIndex classes) {
        this.label = label;
        this.form = form;
        this.manifest = manifest;
        this.classes = classes;
        this.handlers = handlers(classes);
    }

    private static List<HandlerClass> handlers(ClassIndex classes) {
        List<HandlerClass> handlers = new ArrayList<>();
        for (ClassFacts facts : classes.own()) {
            if (facts.isPublic() && facts.isConcrete() && facts.hasPublicConstructor()) {
                classes.kind(facts).ifPresent(k -> handlers.add(new HandlerClass(facts.name(), k)));
            }
        }
        return List.copyOf(handlers);
    }

    /** The text of {@code function.yaml} at the artifact's root. */
    public Optional<String> manifest() {
        return manifest;
    }

    /** All classes that can be an entry, by name. */
    public List<HandlerClass> handlers() {
        return handlers;
    }

    /**
     * The one class that must be meant when no manifest names one.
     *
     * @throws ArtifactException when there is none, or more than one
     */
    public HandlerClass onlyHandler() {
        List<HandlerClass> plain = handlers.stream().filter(h -> !h.kind().isGeneral()).toList();
        List<HandlerClass> candidates = plain.isEmpty() ? handlers : plain;
        return switch (candidates.size()) {
            case 1 -> candidates.getFirst();
            case 0 ->
                    throw new ArtifactException(
                            "%s has no handler class. Write a public class with a public constructor without arguments that implements %s."
                                    .formatted(label, kinds()));
            default ->
                    throw new ArtifactException(
                            "%s has several handler classes: %s. Name one as `entry` in function.yaml."
                                    .formatted(label, names(candidates)));
        };
    }

    /**
     * The class that a manifest names.
     *
     * @throws ArtifactException when it is not there or cannot be a handler
     */
    public HandlerClass handler(String entry) {
        ClassFacts facts = classes.find(entry).orElseThrow(() -> missing(entry));
        if (!facts.isPublic()) {
            throw refused(entry, "is not public. Make it public.");
        }
        if (!facts.isConcrete()) {
            throw refused(entry, "is an interface or abstract. Name a class that can be made.");
        }
        if (!facts.hasPublicConstructor()) {
            throw refused(entry, "has no public constructor without arguments. Give it one.");
        }
        HandlerKind kind =
                classes.kind(facts)
                        .orElseThrow(
                                () ->
                                        refused(
                                                entry,
                                                "implements none of the interfaces of a handler: "
                                                        + kinds()
                                                        + "."));
        return new HandlerClass(entry, kind);
    }

    private ArtifactException missing(String entry) {
        List<String> names = classes.own().stream().map(ClassFacts::name).toList();
        Optional<String> nearest = DidYouMean.nearest(entry, names);
        String instead =
                nearest.map(name -> "has `" + name + "`")
                        .orElse(
                                handlers.isEmpty()
                                        ? "has no handler class"
                                        : "has " + names(handlers));
        return new ArtifactException(
                "Handler class `%s` is not in %s; the %s %s. Check `entry` in function.yaml."
                        .formatted(entry, label, form, instead));
    }

    private ArtifactException refused(String entry, String why) {
        return new ArtifactException("Handler class `%s` in %s %s".formatted(entry, label, why));
    }

    private static String names(List<HandlerClass> handlers) {
        String names =
                handlers.stream()
                        .limit(SHOWN_MAX)
                        .map(handler -> "`" + handler.name() + "`")
                        .collect(Collectors.joining(", "));
        int more = handlers.size() - SHOWN_MAX;
        return more > 0 ? names + " and " + more + " more" : names;
    }

    private static String kinds() {
        return Arrays.stream(HandlerKind.values())
                .map(HandlerKind::interfaceName)
                .collect(Collectors.joining(", "));
    }
}
