package dev.treadle.samples.greeting;

import dev.treadle.BadRequest;
import dev.treadle.Context;
import dev.treadle.TypedFunction;

/** Greets a person in their language. */
public final class Greet implements TypedFunction<Person, Greeting> {
    @Override
    public Greeting handle(Person person, Context context) {
        if (person.name() == null || person.name().isBlank()) {
            throw new BadRequest("name is missing");
        }
        String language = person.language() == null ? "en" : person.language();
        String word =
                switch (language) {
                    case "de" -> "Guten Tag";
                    case "en" -> "Hello";
                    case "fr" -> "Bonjour";
                    case "ja" -> "こんにちは";
                    default ->
                            throw new BadRequest(
                                    "language is '" + language + "': say de, en, fr or ja");
                };
        return new Greeting(word + ", " + person.name() + "!", language);
    }
}
