package acme.google;

import com.google.cloud.functions.TypedFunction;

public class Greet implements TypedFunction<Greet.Person, Greet.Greeting> {
    public record Person(String name) {}

    public record Greeting(String text) {}

    @Override
    public Greeting apply(Person person) {
        return new Greeting("Hello, " + person.name());
    }
}
