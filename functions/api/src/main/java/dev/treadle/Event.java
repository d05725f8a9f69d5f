package dev.treadle;

import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent 1.0 (CNCF CloudEvents specification, version 1.0.2). Never changes; safe for threads
 * as long as nobody changes the data array.
 */
public final class Event {
    private static final byte[] NOTHING = {};

    private final String id;
    private final URI source;
    private final String type;
    private final @Nullable String subject;
    private final @Nullable Instant time;
    private final @Nullable String dataContentType;
    private final @Nullable URI dataSchema;
    private final Map<String, String> extensions;
    private final byte[] data;
    private final @Nullable Json json;

    private Event(Builder builder) {
        this.id = Objects.requireNonNull(builder.id);
        this.source = builder.source;
        this.type = builder.type;
        this.subject = builder.subject;
        this.time = builder.time;
        this.dataContentType = builder.dataContentType;
        this.dataSchema = builder.dataSchema;
        this.extensions = Map.copyOf(builder.extensions);
        this.data = builder.data;
        this.json = builder.json;
    }

    /**
     * Begins an event with a random id. Functions had better use {@link Context#event(String)},
     * whose ids repeat when the same call runs again.
     */
    public static Builder builder(String type) {
        return new Builder(type, null);
    }

    /** Begins an event that reads and writes its data as JSON with this. */
    public static Builder builder(String type, Json json) {
        return new Builder(type, json);
    }

    /** Unique within the {@link #source()}; the same for a redelivery. */
    public String id() {
        return id;
    }

    /** Where it happened. */
    public URI source() {
        return source;
    }

    /** What happened, e.g. {@code order.accepted}. */
    public String type() {
        return type;
    }

    /** What it happened to, within the source. */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    /** When it happened. */
    public Optional<Instant> time() {
        return Optional.ofNullable(time);
    }

    /** The media type of the data. */
    public Optional<String> dataContentType() {
        return Optional.ofNullable(dataContentType);
    }

    /** What the data adheres to. */
    public Optional<URI> dataSchema() {
        return Optional.ofNullable(dataSchema);
    }

    /** Further attributes; names in lower case. */
    public Map<String, String> extensions() {
        return extensions;
    }

    /** One of the {@link #extensions()}. */
    public Optional<String> extension(String name) {
        return Optional.ofNullable(extensions.get(name));
    }

    /** The data; empty when there is none. Not a copy. */
    public byte[] data() {
        return data;
    }

    /** The data as UTF-8 text. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }

    /**
     * The data read as JSON.
     *
     * @throws BadRequest when the data does not fit the type; the message says where
     * @throws IllegalStateException when the event was made without a {@link Json}
     */
    public <T> T json(Class<T> type) {
        return requireJson(json).read(data, (Type) type);
    }

    private static Json requireJson(@Nullable Json json) {
        if (json == null) {
            throw new IllegalStateException(
                    "this event was made without a Json; make it with context.event(type) or"
                            + " Event.builder(type, json)");
        }
        return json;
    }

    @Override
    public String toString() {
        return "Event[" + type + " " + id + " from " + source + ", " + data.length + " bytes]";
    }

    /** Collects the parts of an event. For one thread. */
    public static final class Builder {
        private static final URI UNKNOWN_SOURCE = URI.create("urn:treadle");

        private final String type;
        private final @Nullable Json json;
        private final Map<String, String> extensions = new TreeMap<>();
        private @Nullable String id;
        private URI source = UNKNOWN_SOURCE;
        private @Nullable String subject;
        private @Nullable Instant time;
        private @Nullable String dataContentType;
        private @Nullable URI dataSchema;
        private byte[] data = NOTHING;

        private Builder(String type, @Nullable Json json) {
            this.type = requireText("type", type);
            this.json = json;
        }

        public Builder id(String id) {
            this.id = requireText("id", id);
            return this;
        }

        public Builder source(URI source) {
            this.source = Objects.requireNonNull(source);
            return this;
        }

        /**
         * @param source a URI reference, e.g. {@code /orders}
         */
        public Builder source(String source) {
            return source(URI.create(requireText("source", source)));
        }

        public Builder subject(String subject) {
            this.subject = requireText("subject", subject);
            return this;
        }

        public Builder time(Instant time) {
            this.time = time;
            return this;
        }

        public Builder dataSchema(URI schema) {
            this.dataSchema = schema;
            return this;
        }

        /**
         * Adds an attribute of one's own.
         *
         * @param name lower-case letters and digits only, as CloudEvents demands
         */
        public Builder extension(String name, String value) {
            if (name.isEmpty() || !name.chars().allMatch(Builder::isAttributeChar)) {
                throw new IllegalArgumentException(
                        "an attribute name has lower-case letters and digits only: '" + name + "'");
            }
            extensions.put(name, value);
            return this;
        }

        /** The media type of the data. */
        public Builder dataContentType(String mediaType) {
            this.dataContentType = requireText("datacontenttype", mediaType);
            return this;
        }

        /** The data as it is; the array is kept. */
        public Builder data(byte[] data) {
            this.data = Objects.requireNonNull(data);
            return this;
        }

        /** The data as plain text in UTF-8. */
        public Builder text(String text) {
            return dataContentType("text/plain; charset=utf-8")
                    .data(text.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * The data as JSON.
         *
         * @throws IllegalStateException when the builder was made without a {@link Json}
         */
        public Builder json(Object value) {
            return dataContentType("application/json").data(requireJson(json).write(value));
        }

        public Event build() {
            if (id == null) {
                id = UUID.randomUUID().toString();
            }
            return new Event(this);
        }

        private static boolean isAttributeChar(int c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        }

        private static String requireText(String attribute, String value) {
            if (value.isEmpty()) {
                throw new IllegalArgumentException(
                        "the CloudEvents attribute " + attribute + " is empty");
            }
            return value;
        }
    }
}
