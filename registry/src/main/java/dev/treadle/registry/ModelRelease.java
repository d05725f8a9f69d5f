package dev.treadle.registry;

import java.time.Instant;

/**
 * An immutable version of a model.
 *
 * @param model whose version it is
 * @param number counted from 1, never used again
 * @param artifact the ONNX file
 * @param description what is in the file
 * @param created when it was pushed
 */
public record ModelRelease(
        ModelName model, int number, Digest artifact, ModelDescription description, Instant created)
        implements Version {
    public ModelRelease {
        if (number < 1) {
            throw new IllegalArgumentException("a release number counts from 1: " + number);
        }
    }

    @Override
    public String toString() {
        return model + "@v" + number;
    }
}
