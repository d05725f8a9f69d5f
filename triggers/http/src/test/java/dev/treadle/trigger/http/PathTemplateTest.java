package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "hello, it must begin with /",
                "/a//b, it has an empty segment",
                "/a/x{id}, \"a variable takes a whole segment, as in /{name}/\"",
                "/a/{id}x, \"a variable takes a whole segment, as in /{name}/\"",
                "/a/{}, '' is not a variable name",
                "/a/{1d}, '1d' is not a variable name",
                "/a/{id}/{id}, the variable 'id' appears twice",
                "/a/{rest...}/b, {rest...} must be the last segment",
                "/a?b, it must not have a query or a fragment",
                "/a/%zz, '%zz' has a broken percent escape",
            })
    void aWrongTemplateIsToldWhy(String text, String why) {
        assertThatThrownBy(() -> PathTemplate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the path template '" + text + "' is wrong: " + why);
    }

    @Test
    void namesOfVariablesDoNotCountForTheShape() {
        assertThat(PathTemplate.parse("/a/{x}/{y...}").shape())
                .isEqualTo(PathTemplate.parse("/a/{id}/{rest...}").shape())
                .isNotEqualTo(PathTemplate.parse("/a/{x}/{y}").shape());
    }
}
