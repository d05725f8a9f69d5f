package dev.treadle.trigger.http;

import dev.treadle.trigger.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * An error as callers see it (RFC 9457).
 *
 * @param status the HTTP status it is sent with
 * @param detail what happened this time, and what to do
 * @param invocation the invocation's id, if there was one
 */
public record Problem(ErrorCode code, int status, String detail, Optional<String> invocation) {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** With the code's usual status. */
    public static Problem of(ErrorCode code, String detail) {
        return new Problem(code, code.status(), detail, Optional.empty());
    }

    /** The same, of this invocation. */
    Problem of(String invocation) {
        return new Problem(code, status, detail, Optional.of(invocation));
    }

    /** The members in order; the caller may add more of its own. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:treadle:error:" + code.id());
        members.put("title", code.title());
        members.put("status", status);
        members.put("detail", detail);
        members.put("code", code.id());
        members.put("owner", code.owner().name().toLowerCase(Locale.ROOT));
        invocation.ifPresent(id -> members.put("invocation", id));
        return members;
    }

    /** The document, ended by a line feed. */
    public byte[] json() {
        return line(members());
    }

    /** JSON that ends its line, so that a shell's prompt does not stand behind it. */
    static byte[] line(Map<String, Object> members) {
        return (JSON.writeValueAsString(members) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
