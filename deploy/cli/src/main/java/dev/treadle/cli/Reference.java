package dev.treadle.cli;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A function and which of its releases: {@code NAME}, {@code NAME@alias} or {@code NAME@v7}. */
record Reference(String name, String target) {
    /** Reads one. */
    static final class Converter implements ITypeConverter<Reference> {
        @Override
        public Reference convert(String value) {
            int at = value.indexOf('@');
            String name = at < 0 ? value : value.substring(0, at);
            String target = at < 0 ? DeployedFunction.LIVE : value.substring(at + 1);
            if (!FunctionName.isLegal(name) || target.isEmpty()) {
                throw new TypeConversionException(
                        "'%s' is not NAME, NAME@ALIAS or NAME@vN".formatted(value));
            }
            return new Reference(name, target);
        }
    }
}
