package dev.treadle.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many to show at most. */
record Limit(int value) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    @Override
    public String toString() {
        return Integer.toString(value);
    }

    /** Reads one for what has no more than so many. */
    abstract static class UpTo implements ITypeConverter<Limit> {
        private final int max;

        UpTo(int max) {
            this.max = max;
        }

        @Override
        public Limit convert(String value) {
            int number = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : 0;
            if (number < 1 || number > max) {
                throw new TypeConversionException(
                        "'%s' is no number from 1 to %d".formatted(value, max));
            }
            return new Limit(number);
        }
    }

    /** For log lines. */
    static final class Lines extends UpTo {
        Lines() {
            super(10_000);
        }
    }

    /** For records of invocations. */
    static final class Records extends UpTo {
        Records() {
            super(1_000);
        }
    }
}
