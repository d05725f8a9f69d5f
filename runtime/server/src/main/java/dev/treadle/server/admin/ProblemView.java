package dev.treadle.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.OptionalInt;

/** One error or warning about a manifest. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ProblemView(
        String path,
        OptionalInt line,
        Optional<String> expected,
        Optional<String> found,
        String message) {}
