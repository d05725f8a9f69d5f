package dev.treadle.adapters.google;

import dev.treadle.Event;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Our event as the CloudEvents SDK sees one. */
final class EventView implements CloudEvent {
    private final Event event;

    EventView(Event event) {
        this.event = event;
    }

    @Override
    public @Nullable CloudEventData getData() {
        return event.data().length == 0 ? null : event::data;
    }

    @Override
    public SpecVersion getSpecVersion() {
        return SpecVersion.V1;
    }

    @Override
    public String getId() {
        return event.id();
    }

    @Override
    public String getType() {
        return event.type();
    }

    @Override
    public URI getSource() {
        return event.source();
    }

    @Override
    public @Nullable String getDataContentType() {
        return event.dataContentType().orElse(null);
    }

    @Override
    public @Nullable URI getDataSchema() {
        return event.dataSchema().orElse(null);
    }

    @Override
    public @Nullable String getSubject() {
        return event.subject().orElse(null);
    }

    @Override
    public @Nullable OffsetDateTime getTime() {
        return event.time().map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return switch (name) {
            case "specversion" -> getSpecVersion();
            case "id" -> getId();
            case "source" -> getSource();
            case "type" -> getType();
            case "datacontenttype" -> getDataContentType();
            case "dataschema" -> getDataSchema();
            case "subject" -> getSubject();
            case "time" -> getTime();
            default ->
                    throw new IllegalArgumentException("CloudEvents 1.0 has no attribute " + name);
        };
    }

    @Override
    public @Nullable Object getExtension(String name) {
        return event.extension(name).orElse(null);
    }

    @Override
    public Set<String> getExtensionNames() {
        return event.extensions().keySet();
    }

    @Override
    public String toString() {
        return event.toString();
    }
}
