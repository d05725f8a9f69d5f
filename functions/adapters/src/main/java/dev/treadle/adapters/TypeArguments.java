package dev.treadle.adapters;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds with which types a class implements a generic interface, through all its parents. */
public final class TypeArguments {
    private TypeArguments() {}

    /**
     * The type arguments of {@code wanted} as {@code handler} implements it; {@code Object} for
     * those that it leaves open.
     */
    public static List<Type> of(Class<?> handler, Class<?> wanted) {
        return search(handler, Map.of(), wanted)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        handler + " does not implement " + wanted));
    }

    private static Optional<List<Type>> search(
            Type type, Map<TypeVariable<?>, Type> known, Class<?> wanted) {
        Class<?> raw = raw(type);
        Map<TypeVariable<?>, Type> bound = bindings(type, raw, known);
        if (raw == wanted) {
            return Optional.of(Arrays.stream(raw.getTypeParameters()).map(bound::get).toList());
        }
        for (Type parent : raw.getGenericInterfaces()) {
            Optional<List<Type>> found = search(parent, bound, wanted);
            if (found.isPresent()) {
                return found;
            }
        }
        Type parent = raw.getGenericSuperclass();
        return parent == null ? Optional.empty() : search(parent, bound, wanted);
    }

    private static Map<TypeVariable<?>, Type> bindings(
            Type type, Class<?> raw, Map<TypeVariable<?>, Type> known) {
        TypeVariable<?>[] variables = raw.getTypeParameters();
        Map<TypeVariable<?>, Type> bound = new HashMap<>();
        for (int i = 0; i < variables.length; i++) {
            Type value =
                    type instanceof ParameterizedType applied
                            ? applied.getActualTypeArguments()[i]
                            : Object.class;
            bound.put(variables[i], resolve(value, known));
        }
        return bound;
    }

    private static Type resolve(Type type, Map<TypeVariable<?>, Type> known) {
        return switch (type) {
            case TypeVariable<?> variable -> known.getOrDefault(variable, Object.class);
            case WildcardType wildcard -> resolve(wildcard.getUpperBounds()[0], known);
            case ParameterizedType applied ->
                    new Applied(
                            raw(applied),
                            Arrays.stream(applied.getActualTypeArguments())
                                    .map(argument -> resolve(argument, known))
                                    .toList());
            case GenericArrayType array ->
                    raw(resolve(array.getGenericComponentType(), known)).arrayType();
            default -> type;
        };
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType applied
                ? (Class<?>) applied.getRawType()
                : (Class<?>) type;
    }

    /** A generic class with its arguments filled in. */
    private record Applied(Class<?> raw, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return raw.getDeclaringClass();
        }
    }
}
