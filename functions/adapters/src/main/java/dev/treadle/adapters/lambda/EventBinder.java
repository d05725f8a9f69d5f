package dev.treadle.adapters.lambda;

import dev.treadle.BadRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills the classes of AWS's events library from parsed JSON, by their setters. Names are compared
 * without regard to case, since those classes say {@code getRecords} where the JSON says {@code
 * Records}; times may be Joda's, which no JSON library reads by itself.
 */
final class EventBinder {
    static final String EVENTS = "com.amazonaws.services.lambda.runtime.events.";

    private static final Set<Type> LISTS = Set.of(List.class, Collection.class);

    private EventBinder() {}

    /** Whether a type is one of the events library. */
    static boolean binds(Type type) {
        return type instanceof Class<?> bean && bean.getName().startsWith(EVENTS);
    }

    /** The value of a type that a piece of parsed JSON stands for. */
    static @Nullable Object bind(@Nullable Object json, Type type) {
        if (json == null) {
            return null;
        }
        return switch (type) {
            case ParameterizedType applied -> bindAll(json, applied);
            case Class<?> plain -> bindOne(json, plain);
            default -> json;
        };
    }

    private static Object bindAll(Object json, ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (json instanceof List<?> list && LISTS.contains(type.getRawType())) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(value -> values.add(bind(value, arguments[0])));
            return values;
        }
        if (json instanceof Map<?, ?> map && type.getRawType() == Map.class) {
            Map<Object, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((key, value) -> values.put(key, bind(value, arguments[1])));
            return values;
        }
        throw mismatch(json, type);
    }

    @SuppressWarnings("JavaUtilDate") // what the events library has
    private static Object bindOne(Object json, Class<?> type) {
        return switch (json) {
            case Object same when type.isInstance(same) -> same;
            case Boolean truth when type == boolean.class -> truth;
            case Number n when type == int.class || type == Integer.class -> n.intValue();
            case Number n when type == long.class || type == Long.class -> n.longValue();
            case Number n when type == double.class || type == Double.class -> n.doubleValue();
            case Number seconds when type == Date.class ->
                    new Date(Math.round(seconds.doubleValue() * 1000));
            case String base64 when type == ByteBuffer.class ->
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            case String text when !binds(type) -> parse(text, type);
            case Map<?, ?> map when binds(type) -> bean(map, type);
            default -> throw mismatch(json, type);
        };
    }

    private static Object parse(String text, Class<?> type) {
        try {
            return type.getMethod("parse", String.class).invoke(null, text);
        } catch (InvocationTargetException | DateTimeException e) {
            throw mismatch(text, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no way is known from text to " + type.getName(), e);
        }
    }

    private static Object bean(Map<?, ?> json, Class<?> type) {
        Map<String, @Nullable Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        json.forEach((key, value) -> values.put(key.toString(), value));
        try {
            Object bean = type.getConstructor().newInstance();
            for (Method setter : setters(type)) {
                Object value = values.get(setter.getName().substring("set".length()));
                if (value != null) {
                    setter.invoke(bean, bind(value, setter.getGenericParameterTypes()[0]));
                }
            }
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be filled in", e);
        }
    }

    /** Of a text and an enum the text: the same setter, and JSON has no enums. */
    private static Collection<Method> setters(Class<?> type) {
        Map<String, Method> setters = new TreeMap<>();
        for (Method method : type.getMethods()) {
            if (method.getName().startsWith("set") && method.getParameterCount() == 1) {
                setters.merge(
                        method.getName(),
                        method,
                        (one, other) -> one.getParameterTypes()[0] == String.class ? one : other);
            }
        }
        if (setters.isEmpty()) {
            throw new IllegalStateException(
                    type.getName()
                            + " has no setters and cannot be filled in here; take a Map or implement"
                            + " RequestStreamHandler");
        }
        return setters.values();
    }

    private static BadRequest mismatch(Object json, Type type) {
        return new BadRequest(
                "the payload does not fit: "
                        + type.getTypeName()
                        + " cannot be made of "
                        + json.getClass().getSimpleName()
                        + " "
                        + json);
    }
}
