package dev.treadle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.TypedFunction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TypedTest {
    record Person(String name, Instant born) {}

    record Greeting(String text, Instant at) {}

    static final class Greet implements TypedFunction<Person, Greeting> {
        @Override
        public Greeting handle(Person person, Context context) {
            return new Greeting("Hello, " + person.name(), person.born());
        }
    }

    abstract static class Base<A, B> implements TypedFunction<List<B>, A> {}

    static final class Sum extends Base<Long, Integer> {
        @Override
        public Long handle(List<Integer> numbers, Context context) {
            return numbers.stream().mapToLong(n -> n).sum();
        }
    }

    static final class Reverse implements TypedFunction<String, String> {
        @Override
        public String handle(String text, Context context) {
            return new StringBuilder(text).reverse().toString();
        }
    }

    static final class Raw implements TypedFunction<byte[], byte[]> {
        @Override
        public byte[] handle(byte[] input, Context context) {
            return new byte[] {(byte) input.length};
        }
    }

    @Test
    void valuesPassThroughJsonWithIsoDates() {
        Person ada = new Person("Ada", Instant.parse("1815-12-10T00:00:00Z"));

        TestResponse response = TestFunction.of(new Greet()).typed(ada);

        assertThat(response.text())
                .isEqualTo("{\"text\":\"Hello, Ada\",\"at\":\"1815-12-10T00:00:00Z\"}");
        assertThat(response.json(Greeting.class)).isEqualTo(new Greeting("Hello, Ada", ada.born()));
    }

    @Test
    void unknownPropertiesArePassedOver() {
        String body = "{\"name\":\"Ada\",\"born\":\"1815-12-10T00:00:00Z\",\"cats\":2}";

        assertThat(TestFunction.of(new Greet()).post("/", body, "application/json").status())
                .isEqualTo(200);
    }

    @Test
    void inputTypeIsFoundThroughGenericParents() {
        assertThat(TestFunction.of(new Sum()).typed(List.of(1, 2, 3)).text()).isEqualTo("6");
    }

    @Test
    void bytesComeAndGoAsTheyAre() {
        TestResponse response = TestFunction.of(new Raw()).post("/", "abc", "text/plain");

        assertThat(response.bytes()).containsExactly(3);
        assertThat(response.contentType()).contains("application/octet-stream");
    }

    @Test
    void textComesAndGoesAsItIs() {
        TestResponse response = TestFunction.of(new Reverse()).post("/", "abc", "text/plain");

        assertThat(response.text()).isEqualTo("cba");
        assertThat(response.contentType()).contains("text/plain; charset=utf-8");
    }

    @Test
    void emptyPayloadIs400AndNamesTheType() {
        TestResponse response = TestFunction.of(new Greet()).get("/");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("the payload is empty; expected JSON for Person");
    }

    @Test
    void nothingIs204() {
        TypedFunction<Map<String, Object>, @Nullable Void> nothing = (input, context) -> null;

        assertThat(TestFunction.of(nothing).typed(Map.of()).status()).isEqualTo(204);
    }

    @Test
    void eventsDataIsTheInput() {
        Event order = Event.builder("numbers").text("[1,2]").build();

        assertThat(TestFunction.of(new Sum()).event(order)).isEqualTo(new EventResult.Done());
    }

    @Test
    void dataThatDoesNotFitIsADeadLetter() {
        Event order = Event.builder("numbers").text("{}").build();

        assertThat(TestFunction.of(new Sum()).event(order))
                .isInstanceOf(EventResult.DeadLetter.class);
    }
}
