package dev.treadle.samples.greeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import org.junit.jupiter.api.Test;

class GreetTest {
    private final TestFunction greet = TestFunction.of(new Greet());

    @Test
    void personIsGreetedInTheirLanguage() {
        assertThat(greet.typed(new Person("Ada", "fr")).json(Greeting.class))
                .isEqualTo(new Greeting("Bonjour, Ada!", "fr"));
        assertThat(greet.typed(new Person("桜", "ja")).json(Greeting.class).text())
                .isEqualTo("こんにちは, 桜!");
    }

    @Test
    void languageIsEnglishUnlessTold() {
        assertThat(greet.post("/greeting", "{\"name\":\"Ada\"}", "application/json").text())
                .isEqualTo("{\"text\":\"Hello, Ada!\",\"language\":\"en\"}");
    }

    @Test
    void missingNameIs400() {
        TestResponse response =
                greet.post("/greeting", "{\"language\":\"de\"}", "application/json");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("name is missing");
    }

    @Test
    void unknownLanguageNamesTheKnownOnes() {
        assertThat(greet.typed(new Person("Ada", "tlh")).text())
                .contains("language is 'tlh': say de, en, fr or ja");
    }
}
