package dev.treadle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
    @Test
    void eventHasWhatItWasBuiltWith() {
        Event event =
                Event.builder("order.accepted")
                        .id("o-17")
                        .source("/shop")
                        .subject("17")
                        .time(Instant.EPOCH)
                        .dataSchema(URI.create("urn:schema:order"))
                        .extension("site", "par1")
                        .text("hi")
                        .build();

        assertThat(event.type()).isEqualTo("order.accepted");
        assertThat(event.id()).isEqualTo("o-17");
        assertThat(event.source()).hasToString("/shop");
        assertThat(event.subject()).contains("17");
        assertThat(event.time()).contains(Instant.EPOCH);
        assertThat(event.dataSchema()).contains(URI.create("urn:schema:order"));
        assertThat(event.extension("site")).contains("par1");
        assertThat(event.dataContentType()).contains("text/plain; charset=utf-8");
        assertThat(event.text()).isEqualTo("hi");
        assertThat(event).hasToString("Event[order.accepted o-17 from /shop, 2 bytes]");
    }

    @Test
    void onlyTypeIsNeeded() {
        Event first = Event.builder("tick").build();
        Event second = Event.builder("tick").build();

        assertThat(first.id()).isNotEmpty().isNotEqualTo(second.id());
        assertThat(first.source()).isNotNull();
        assertThat(first.subject()).isEmpty();
        assertThat(first.data()).isEmpty();
        assertThat(first.dataContentType()).isEmpty();
        assertThat(first.extensions()).isEmpty();
    }

    @Test
    void requiredAttributesAreNotEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Event.builder(""))
                .withMessage("the CloudEvents attribute type is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Event.builder("t").id(""))
                .withMessage("the CloudEvents attribute id is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Event.builder("t").source(""))
                .withMessage("the CloudEvents attribute source is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Site", "my-site", "a_b", "ä", "a b"})
    void extensionNamesAreLowerCaseLettersAndDigits(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Event.builder("t").extension(name, "1"))
                .withMessage(
                        "an attribute name has lower-case letters and digits only: '" + name + "'");
    }

    @Test
    void builderGoneOnDoesNotChangeTheEvent() {
        Event.Builder builder = Event.builder("t").extension("a", "1");
        Event event = builder.build();

        builder.extension("b", "2");

        assertThat(event.extensions()).containsOnlyKeys("a");
    }

    @Test
    void jsonNeedsAReaderAndSaysWhereToGetOne() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Event.builder("t").json(1))
                .withMessageContaining("context.event(type) or Event.builder(type, json)");
        assertThatIllegalStateException()
                .isThrownBy(() -> Event.builder("t").build().json(Integer.class));
    }
}
