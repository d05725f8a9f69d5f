package dev.treadle.samples.gallerylabels;

import dev.treadle.Blobs;
import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import dev.treadle.TableRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says what each picture shows that is put into the gallery: takes the event of the put, has a
 * model look at the blob, and writes what it sees into a table. The same event twice writes the
 * same row.
 */
public final class GalleryLabels implements EventFunction {
    /** In the order of the model's scores. */
    private static final List<String> SHAPES = List.of("circle", "square", "triangle");

    /** What the event tells of the blob; it tells more. */
    public record Created(String key) {}

    /** What the model takes; its component is named as the model's input is. */
    record Picture(float[] pixels) {}

    /** What the model gives. */
    record Guess(float[] scores) {}

    @Override
    public void handle(Event event, Context context) {
        String key = event.json(Created.class).key();
        Optional<Blobs.Blob> blob = context.blobs("pictures").get(key);
        if (blob.isEmpty()) {
            context.log().info("{} is gone already", key);
            return;
        }
        float[] darkness = Darkness.of(blob.get().bytes());
        float[] scores =
                context.model("classifier").run(new Picture(darkness), Guess.class).scores();
        int best = best(scores);
        int slash = key.indexOf('/');
        context.table("labels")
                .put(
                        TableRow.of("album", key.substring(0, slash))
                                .with("picture", key.substring(slash + 1))
                                .with("shape", SHAPES.get(best))
                                .with("score", (double) scores[best])
                                .with("labelled", Instant.now()));
        context.log().info("{} shows a {}", key, SHAPES.get(best));
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
