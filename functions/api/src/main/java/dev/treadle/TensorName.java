package dev.treadle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of the tensor that a record's component stands for, where it is not its own. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface TensorName {
    /** As the model names it, e.g. {@code input.1}. */
    String value();
}
