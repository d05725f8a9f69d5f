package dev.treadle.cli;

import dev.treadle.registry.FunctionName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a function's name. */
final class NameConverter implements ITypeConverter<FunctionName> {
    @Override
    public FunctionName convert(String value) {
        if (!FunctionName.isLegal(value)) {
            throw new TypeConversionException(
                    "'%s' is no function name: a-z, 0-9 and inner hyphens, 63 characters at most"
                            .formatted(value));
        }
        return new FunctionName(value);
    }
}
