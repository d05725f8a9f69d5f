package dev.treadle.trigger.nats;

import dev.treadle.Event;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.sql.EvaluationRuntime;
import io.cloudevents.sql.Expression;
import io.cloudevents.sql.ParseException;
import io.cloudevents.sql.Parser;
import io.cloudevents.sql.Result;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A CloudEvents SQL expression over an event's attributes, its extensions and the members of its
 * JSON data. An attribute hides a member of the same name. Members' names are seen in lower case;
 * those with other than letters and digits are not seen. Safe for threads.
 */
public final class EventFilter {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern VISIBLE = Pattern.compile("[a-z0-9]{1,40}");
    private static final Set<String> ATTRIBUTES =
            Set.of(
                    "specversion",
                    "id",
                    "source",
                    "type",
                    "subject",
                    "time",
                    "datacontenttype",
                    "dataschema",
                    "data");

    private final String text;
    private final Expression expression;

    private EventFilter(String text, Expression expression) {
        this.text = text;
        this.expression = expression;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException when it is none; the message says where it goes wrong
     */
    public static EventFilter parse(String text) {
        try {
            return new EventFilter(text, Parser.getDefault().parse(text));
        } catch (ParseException e) {
            throw new IllegalArgumentException(
                    "not a CloudEvents SQL expression: " + e.getMessage(), e);
        }
    }

    /**
     * Whether an event matches. One for which the expression cannot be computed, e.g. because it
     * lacks an attribute, does not.
     */
    boolean matches(Event event) {
        Result result = expression.evaluate(EvaluationRuntime.getDefault(), view(event));
        return !result.isFailed() && Boolean.TRUE.equals(result.value());
    }

    private static CloudEvent view(Event event) {
        CloudEventBuilder view =
                CloudEventBuilder.v1()
                        .withId(event.id())
                        .withSource(event.source())
                        .withType(event.type());
        event.subject().ifPresent(view::withSubject);
        event.time().ifPresent(time -> view.withTime(time.atOffset(ZoneOffset.UTC)));
        event.dataContentType().ifPresent(view::withDataContentType);
        event.dataSchema().ifPresent(view::withDataSchema);
        members(event, view);
        event.extensions().forEach(view::withExtension);
        return view.build();
    }

    private static void members(Event event, CloudEventBuilder view) {
        byte[] data = event.data();
        if (data.length == 0 || data[firstOf(data)] != '{') {
            return;
        }
        JsonNode document;
        try {
            document = JSON.readTree(data);
        } catch (JacksonException e) {
            return;
        }
        for (Map.Entry<String, JsonNode> member : document.properties()) {
            String name = member.getKey().toLowerCase(Locale.ROOT);
            if (VISIBLE.matcher(name).matches() && !ATTRIBUTES.contains(name)) {
                member(view, name, member.getValue());
            }
        }
    }

    /** CloudEvents SQL knows whole numbers of 32 bits, booleans and text. */
    private static void member(CloudEventBuilder view, String name, JsonNode value) {
        if (value.isBoolean()) {
            view.withExtension(name, value.booleanValue());
        } else if (value.isInt()) {
            view.withExtension(name, (Integer) value.intValue());
        } else if (value.isNumber() || value.isString()) {
            view.withExtension(name, value.asString());
        }
    }

    private static int firstOf(byte[] data) {
        int i = 0;
        while (i < data.length - 1 && data[i] <= ' ') {
            i++;
        }
        return i;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventFilter filter && filter.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
