package dev.treadle;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a record's components into tensors, and tensors into a record. */
final class RecordTensors {
    private RecordTensors() {}

    static Map<String, Tensor> write(Record inputs, ModelSignature signature) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (RecordComponent component : inputs.getClass().getRecordComponents()) {
            TensorSpec spec = named(component, signature.inputs(), "input");
            tensors.put(spec.name(), TensorWriter.write(spec, value(inputs, component)));
        }
        return tensors;
    }

    static <T extends Record> T read(
            Class<T> type, Map<String, Tensor> outputs, ModelSignature signature) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            TensorSpec spec = named(components[i], signature.outputs(), "output");
            Tensor tensor = outputs.get(spec.name());
            if (tensor == null) {
                throw new TensorMismatch(spec.name(), spec.form(), "no such output");
            }
            values[i] = TensorReader.read(spec, tensor, components[i].getType());
        }
        return construct(type, components, values);
    }

    private static TensorSpec named(
            RecordComponent component, List<TensorSpec> tensors, String word) {
        TensorName annotation = component.getAnnotation(TensorName.class);
        String name = annotation == null ? component.getName() : annotation.value();
        return tensors.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the record %s has '%s', but the model has no such %s: it has %s; name it with @TensorName"
                                                .formatted(
                                                        component
                                                                .getDeclaringRecord()
                                                                .getSimpleName(),
                                                        name,
                                                        word,
                                                        tensors)));
    }

    private static Object value(Record inputs, RecordComponent component) {
        Method accessor = component.getAccessor();
        try {
            accessor.setAccessible(true); // a function's record need not be public
            Object value = accessor.invoke(inputs);
            if (value == null) {
                throw new BadRequest("'%s' is missing".formatted(component.getName()));
            }
            return value;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("cannot read " + component, e);
        }
    }

    private static <T> T construct(Class<T> type, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true); // as above
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException own
                    ? own
                    : new IllegalArgumentException("cannot make a " + type.getSimpleName(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot make a " + type.getSimpleName(), e);
        }
    }
}
