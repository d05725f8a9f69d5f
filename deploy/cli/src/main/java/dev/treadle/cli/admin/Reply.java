package dev.treadle.cli.admin;

import dev.treadle.cli.console.Documents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a node answered.
 *
 * @param headers by name in lower case
 */
public record Reply(int status, Map<String, List<String>> headers, byte[] body) {
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(List::getLast);
    }

    /** The node's own error, as opposed to an answer that a function gave. */
    public boolean isProblem() {
        return Problems.mayBe(this) && text().contains("urn:treadle:error:");
    }

    public JsonNode json() {
        try {
            return Documents.parse(body);
        } catch (JacksonException e) {
            throw Problems.notTreadle(this).causedBy(e);
        }
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
