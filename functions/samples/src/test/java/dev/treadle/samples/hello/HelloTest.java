package dev.treadle.samples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testing.TestFunction;
import org.junit.jupiter.api.Test;

class HelloTest {
    @Test
    void greetsWhomThePathNames() {
        try (TestFunction hello = TestFunction.of(new Hello()).route("/hello/{name}")) {
            assertThat(hello.get("/hello/Ada").text()).isEqualTo("Hello, Ada!\n");
            assertThat(hello.get("/hello/J%C3%BCrgen").text()).isEqualTo("Hello, Jürgen!\n");
        }
    }

    @Test
    void greetsTheWorldWithoutAName() {
        try (TestFunction hello = TestFunction.of(new Hello()).route("/hello")) {
            assertThat(hello.get("/hello").text()).isEqualTo("Hello, World!\n");
        }
    }

    @Test
    void greetingIsConfigured() {
        try (TestFunction hello = TestFunction.of(new Hello()).config("GREETING", "Moin")) {
            assertThat(hello.get("/").text()).isEqualTo("Moin, World!\n");
        }
    }
}
