package dev.treadle.trigger.nats;

import dev.treadle.trigger.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes all of a dead letter but its data as one line of ASCII. */
final class DeadLetterJson {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private static final int TEXT_MAX = 4_000;

    private DeadLetterJson() {}

    private record Document(
            String function,
            String trigger,
            DeadLetter.Reason reason,
            String code,
            String message,
            Optional<Outcome.Cause> cause,
            int attempts,
            int release,
            String stream,
            long sequence,
            String subject,
            Map<String, List<String>> headers,
            Instant published,
            Instant died,
            boolean dataOmitted) {}

    static String write(DeadLetter letter) {
        return JSON.writeValueAsString(
                new Document(
                        letter.function(),
                        letter.trigger(),
                        letter.reason(),
                        letter.code(),
                        brief(letter.message()),
                        letter.cause().map(c -> new Outcome.Cause(c.type(), brief(c.message()))),
                        letter.attempts(),
                        letter.release(),
                        letter.stream(),
                        letter.sequence(),
                        letter.subject(),
                        letter.headers(),
                        letter.published(),
                        letter.died(),
                        letter.dataOmitted()));
    }

    static DeadLetter read(String meta, byte[] data) {
        Document document = JSON.readValue(meta, Document.class);
        return new DeadLetter(
                document.function(),
                document.trigger(),
                document.reason(),
                document.code(),
                document.message(),
                document.cause(),
                document.attempts(),
                document.release(),
                document.stream(),
                document.sequence(),
                document.subject(),
                document.headers(),
                document.published(),
                document.died(),
                document.dataOmitted(),
                data);
    }

    static DeadLetter withoutData(DeadLetter letter) {
        return new DeadLetter(
                letter.function(),
                letter.trigger(),
                letter.reason(),
                letter.code(),
                letter.message(),
                letter.cause(),
                letter.attempts(),
                letter.release(),
                letter.stream(),
                letter.sequence(),
                letter.subject(),
                letter.headers(),
                letter.published(),
                letter.died(),
                true,
                new byte[0]);
    }

    private static String brief(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
    }
}
