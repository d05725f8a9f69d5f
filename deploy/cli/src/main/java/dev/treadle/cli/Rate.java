package dev.treadle.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** So many a second: {@code 5} or {@code 5/s}. */
record Rate(int perSecond) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})(/s)?");

    /** Reads one. */
    static final class Converter implements ITypeConverter<Rate> {
        @Override
        public Rate convert(String value) {
            Matcher form = FORM.matcher(value);
            if (!form.matches()) {
                throw new TypeConversionException(
                        "'%s' is no rate: write 5 or 5/s for five a second".formatted(value));
            }
            return new Rate(Integer.parseInt(form.group(1)));
        }
    }
}
