package dev.treadle.engine;

import dev.treadle.BadRequest;
import dev.treadle.Json;
import java.lang.reflect.Type;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.TypeFactory;

/**
 * JSON for the types of one release. Its own mapper, because a mapper remembers every class it has
 * seen and would keep an unloaded release's loader alive. Safe for threads.
 */
final class JacksonJson implements Json {
    private static final Pattern SOURCE = Pattern.compile(" ?\\([^()]*\\[Source: [^\\]]*\\]\\)");

    private final JsonMapper mapper;

    JacksonJson(ClassLoader loader) {
        mapper =
                JsonMapper.builder()
                        .typeFactory(TypeFactory.createDefaultInstance().withClassLoader(loader))
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build();
    }

    @Override
    public <T> T read(byte[] bytes, Type type) {
        return read(bytes, mapper.constructType(type));
    }

    <T> T read(byte[] bytes, JavaType type) {
        try {
            return mapper.readValue(bytes, type);
        } catch (StreamReadException e) {
            throw new BadRequest("the payload is not JSON: " + brief(e) + where(e));
        } catch (DatabindException e) {
            String path = e.getPath().stream().map(JacksonJson::step).collect(Collectors.joining());
            String at = path.isEmpty() ? "" : " at " + path;
            throw new BadRequest(
                    "the payload does not fit "
                            + type.getRawClass().getSimpleName()
                            + at
                            + ": "
                            + brief(e));
        }
    }

    @Override
    public byte[] write(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    /** The type arguments with which a class implements a generic interface. */
    JavaType[] typeArguments(Class<?> implementing, Class<?> generic) {
        return mapper.getTypeFactory()
                .findTypeParameters(mapper.constructType(implementing), generic);
    }

    /** The type of anything at all. */
    JavaType object() {
        return mapper.constructType(Object.class);
    }

    private static String step(JacksonException.Reference step) {
        return step.getPropertyName() == null
                ? "[" + step.getIndex() + "]"
                : "." + step.getPropertyName();
    }

    /** Jackson's own words, without its note that it does not show the source. */
    private static String brief(JacksonException e) {
        return SOURCE.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line %d, column %d)"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }
}
