package dev.treadle.cli;

import dev.treadle.registry.FunctionName;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A name that stands for releases, and looks like none of them. */
record AliasName(String value) {
    private static final Pattern RELEASE = Pattern.compile("v[0-9]+");

    /** Reads one. */
    static final class Converter implements ITypeConverter<AliasName> {
        @Override
        public AliasName convert(String value) {
            if (!FunctionName.isLegal(value) || RELEASE.matcher(value).matches()) {
                throw new TypeConversionException(
                        "'%s' is no alias: a-z, 0-9 and inner hyphens, 63 characters at most, and not v1, v2, …"
                                .formatted(value));
            }
            return new AliasName(value);
        }
    }
}
