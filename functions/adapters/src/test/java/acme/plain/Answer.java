package acme.plain;

import java.util.function.Supplier;

public class Answer implements Supplier<Integer> {
    @Override
    public Integer get() {
        return 42;
    }
}
