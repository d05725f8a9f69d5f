package dev.treadle.testing;

import dev.treadle.BadRequest;
import dev.treadle.Json;
import dev.treadle.TypedFunction;
import java.lang.reflect.Type;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** JSON with the settings of a node: unknown properties are passed over, dates are ISO 8601. */
final class JacksonJson implements Json {
    private final JsonMapper mapper =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    @Override
    public <T> T read(byte[] bytes, Type type) {
        JavaType wanted = mapper.constructType(type);
        try {
            return mapper.readValue(bytes, wanted);
        } catch (JacksonException e) {
            BadRequest refusal = new BadRequest(explain(e, wanted));
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
        if (function instanceof TypedAs<?, ?> typed) {
            return mapper.constructType(typed.input());
        }
        JavaType[] types =
                mapper.constructType(function.getClass()).findTypeParameters(TypedFunction.class);
        return types.length == 0 ? mapper.constructType(Object.class) : types[0];
    }

    private static String explain(JacksonException e, JavaType type) {
        if (e instanceof DatabindException bound) {
            String path =
                    bound.getPath().stream().map(JacksonJson::step).collect(Collectors.joining());
            return "the payload does not fit %s%s: %s"
                    .formatted(
                            type.getRawClass().getSimpleName(),
                            path.isEmpty() ? "" : " at " + path,
                            e.getOriginalMessage());
        }
        TokenStreamLocation at = e.getLocation();
        String where =
                at == null
                        ? ""
                        : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
        return "the payload is not JSON: " + e.getOriginalMessage() + where;
    }

    private static String step(JacksonException.Reference step) {
        return step.getPropertyName() == null
                ? "[" + step.getIndex() + "]"
                : "." + step.getPropertyName();
    }
}
