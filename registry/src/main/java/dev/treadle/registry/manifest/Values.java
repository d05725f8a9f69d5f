package dev.treadle.registry.manifest;

import dev.treadle.registry.FunctionName;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads single values; an empty result means that an error has been told. */
final class Values {
    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    Optional<String> text(At at, String expected) {
        Optional<String> text = scalar(at, Tag.STR);
        if (text.isEmpty()) {
            problems.error(at, expected);
        }
        return text;
    }

    Optional<String> text(At at, Pattern form, String expected) {
        Optional<String> text = scalar(at, Tag.STR).filter(t -> form.matcher(t).matches());
        if (text.isEmpty()) {
            problems.error(at, expected);
        }
        return text;
    }

    /** Text, a number or a boolean, as it was written. */
    Optional<String> plain(At at, String expected) {
        for (Tag tag : List.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL)) {
            Optional<String> text = scalar(at, tag);
            if (text.isPresent()) {
                return text;
            }
        }
        problems.error(at, expected);
        return Optional.empty();
    }

    Optional<String> oneOf(At at, List<String> words) {
        Optional<String> text = scalar(at, Tag.STR);
        if (text.filter(words::contains).isEmpty()) {
            Optional<String> nearest = text.flatMap(t -> DidYouMean.nearest(t, words));
            problems.error(at, "one of " + String.join(", ", words), at.found(), nearest);
            return Optional.empty();
        }
        return text;
    }

    /** One of an enum's constants, in small letters. */
    <E extends Enum<E>> Optional<E> word(At at, Class<E> type) {
        List<String> words =
                Stream.of(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .toList();
        return oneOf(at, words).map(word -> Enum.valueOf(type, word.toUpperCase(Locale.ROOT)));
    }

    Optional<String> subject(At at) {
        return text(at, NatsNames.SUBJECT, NatsNames.EXPECTED_SUBJECT);
    }

    Optional<FunctionName> functionName(At at, String expected) {
        Optional<String> text = scalar(at, Tag.STR).filter(FunctionName::isLegal);
        if (text.isEmpty()) {
            problems.error(at, expected);
        }
        return text.map(FunctionName::new);
    }

    /** An absolute URL of http or https that names a host and no user. */
    Optional<URI> webUrl(At at, String expected) {
        Optional<URI> url = scalar(at, Tag.STR).flatMap(Values::webUrl);
        if (url.isEmpty()) {
            problems.error(at, expected);
        }
        return url;
    }

    private static Optional<URI> webUrl(String text) {
        try {
            URI url = new URI(text);
            boolean web =
                    "http".equalsIgnoreCase(url.getScheme())
                            || "https".equalsIgnoreCase(url.getScheme());
            return web && url.getHost() != null && url.getUserInfo() == null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    boolean isText(At at) {
        return scalar(at, Tag.STR).isPresent();
    }

    boolean isBool(At at) {
        return scalar(at, Tag.BOOL).isPresent();
    }

    Optional<Boolean> bool(At at) {
        Optional<String> text = scalar(at, Tag.BOOL);
        if (text.isEmpty()) {
            problems.error(at, "true or false");
        }
        return text.map(Boolean::parseBoolean);
    }

    Optional<Integer> integer(At at, int min, int max) {
        BigInteger low = BigInteger.valueOf(min);
        BigInteger high = BigInteger.valueOf(max);
        Optional<BigInteger> number =
                scalar(at, Tag.INT)
                        .map(BigInteger::new)
                        .filter(n -> n.compareTo(low) >= 0 && n.compareTo(high) <= 0);
        if (number.isEmpty()) {
            problems.error(
                    at, min == max ? "" + min : "a whole number from %d to %d".formatted(min, max));
        }
        return number.map(BigInteger::intValueExact);
    }

    Optional<Long> positive(At at) {
        BigInteger max = BigInteger.valueOf(Long.MAX_VALUE);
        Optional<BigInteger> number =
                scalar(at, Tag.INT)
                        .map(BigInteger::new)
                        .filter(n -> n.signum() > 0 && n.compareTo(max) <= 0);
        if (number.isEmpty()) {
            problems.error(at, "a whole number from 1 on");
        }
        return number.map(BigInteger::longValueExact);
    }

    Optional<Duration> duration(At at, Duration min, Duration max) {
        Optional<Duration> duration = scalar(at, Tag.STR).flatMap(DurationText::parse);
        if (duration.isEmpty()) {
            problems.error(at, DurationText.EXPECTED);
            return Optional.empty();
        }
        if (duration.get().compareTo(min) < 0 || duration.get().compareTo(max) > 0) {
            problems.error(
                    at,
                    "a duration from %s to %s"
                            .formatted(DurationText.format(min), DurationText.format(max)));
            return Optional.empty();
        }
        return duration;
    }

    OptionalLong size(At at, long max) {
        OptionalLong size =
                scalar(at, Tag.STR)
                        .or(() -> scalar(at, Tag.INT))
                        .map(SizeText::parse)
                        .orElse(OptionalLong.empty());
        if (size.isEmpty()) {
            problems.error(at, SizeText.EXPECTED);
            return size;
        }
        if (size.getAsLong() > max) {
            problems.error(at, "a size of at most " + SizeText.format(max));
            return OptionalLong.empty();
        }
        return size;
    }

    /** A list without doubles. */
    Optional<List<String>> list(At at, String expected, Function<At, Optional<String>> item) {
        if (!(at.node() instanceof SequenceNode sequence)) {
            problems.error(at, expected);
            return Optional.empty();
        }
        Set<String> items = new LinkedHashSet<>();
        List<Node> nodes = sequence.getValue();
        for (int i = 0; i < nodes.size(); i++) {
            At place = at.item(i, nodes.get(i));
            Optional<String> value = item.apply(place);
            if (value.isPresent() && !items.add(value.get())) {
                problems.error(place, "each item once", place.found() + " again", Optional.empty());
            }
        }
        return Optional.of(new ArrayList<>(items));
    }

    /** As {@link #list}, with at least one item. */
    Optional<List<String>> someOf(At at, String expected, Function<At, Optional<String>> item) {
        if (at.node() instanceof SequenceNode sequence && sequence.getValue().isEmpty()) {
            problems.error(at, expected, "an empty list", Optional.empty());
            return Optional.empty();
        }
        return list(at, expected, item);
    }

    /** A list of 1 to {@code max} items, doubles allowed; empty when one of them is wrong. */
    <T> Optional<List<T>> each(At at, String expected, int max, Function<At, Optional<T>> item) {
        if (!(at.node() instanceof SequenceNode sequence)) {
            problems.error(at, expected);
            return Optional.empty();
        }
        List<Node> nodes = sequence.getValue();
        if (nodes.isEmpty() || nodes.size() > max) {
            problems.error(at, expected, nodes.size() + " items", Optional.empty());
            return Optional.empty();
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            item.apply(at.item(i, nodes.get(i))).ifPresent(items::add);
        }
        return items.size() == nodes.size() ? Optional.of(items) : Optional.empty();
    }

    private static Optional<String> scalar(At at, Tag tag) {
        return at.node() instanceof ScalarNode scalar && scalar.getTag().equals(tag)
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }
}
