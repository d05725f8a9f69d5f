package dev.treadle.testing;

import dev.treadle.BadRequest;
import dev.treadle.Json;
import dev.treadle.TypedFunction;
import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** JSON with the settings of a node: unknown properties are passed over, dates are ISO 8601. */
final class JacksonJson implements Json {
    private final JsonMapper mapper =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    @Override
    public <T> T read(byte[] bytes, Type type) {
        try {
            return mapper.readValue(bytes, mapper.constructType(type));
        } catch (JacksonException e) {
            BadRequest refusal = new BadRequest(explain(e));
            refusal.initCause(e);
            throw refusal;
        }
    }

    @Override
    public byte[] write(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    /** What a function takes, by the generics of its class; {@code Object} for a lambda. */
    JavaType inputOf(TypedFunction<?, ?> function) {
        JavaType[] types =
                mapper.constructType(function.getClass()).findTypeParameters(TypedFunction.class);
        return types.length == 0 ? mapper.constructType(Object.class) : types[0];
    }

    private static String explain(JacksonException e) {
        String path = e instanceof DatabindException bound ? bound.getPathReference() : "";
        TokenStreamLocation at = e.getLocation();
        String where =
                at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return "not the JSON that is wanted" + where + ": " + e.getOriginalMessage() + path;
    }
}
