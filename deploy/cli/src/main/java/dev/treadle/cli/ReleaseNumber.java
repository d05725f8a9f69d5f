package dev.treadle.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A release as people write it: {@code v7} or {@code 7}. */
record ReleaseNumber(int value) {
    private static final Pattern FORM = Pattern.compile("v?([1-9][0-9]{0,8})");

    static ReleaseNumber parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException("'%s' is no release: write v7 or 7".formatted(text));
        }
        return new ReleaseNumber(Integer.parseInt(form.group(1)));
    }

    /** Reads one. */
    static final class Converter implements ITypeConverter<ReleaseNumber> {
        @Override
        public ReleaseNumber convert(String value) {
            return parse(value);
        }
    }
}
