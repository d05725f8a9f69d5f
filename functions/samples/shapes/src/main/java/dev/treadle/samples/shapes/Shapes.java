package dev.treadle.samples.shapes;

import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.Model;
import dev.treadle.Request;
import dev.treadle.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says whether a picture shows a circle, a square or a triangle: dark on a light ground. */
public final class Shapes implements HttpFunction {
    /** In the order of the model's scores. */
    private static final List<String> NAMES = List.of("circle", "square", "triangle");

    /** What the model takes; its component is named as the model's input is. */
    record Picture(float[] pixels) {}

    /** What the model gives. */
    record Guess(float[] scores) {}

    /** What the caller gets. */
    record Answer(String shape, Map<String, Float> scores) {}

    @Override
    public Response handle(Request request, Context context) throws IOException {
        Model classifier = context.model("classifier");
        Guess guess = classifier.run(new Picture(Ink.of(request.body())), Guess.class);
        return Response.json(answer(guess.scores()));
    }

    private static Answer answer(float[] scores) {
        Map<String, Float> byName = new LinkedHashMap<>();
        int best = 0;
        for (int i = 0; i < scores.length; i++) {
            byName.put(NAMES.get(i), scores[i]);
            best = scores[i] > scores[best] ? i : best;
        }
        return new Answer(NAMES.get(best), byName);
    }
}
