package acme.plain;

import java.util.function.Function;

public class Reverse implements Function<String, String> {
    @Override
    public String apply(String text) {
        return new StringBuilder(text).reverse().toString();
    }
}
