package dev.treadle.registry.manifest;

import static dev.treadle.registry.manifest.ManifestTexts.HEAD;
import static dev.treadle.registry.manifest.ManifestTexts.messages;
import static dev.treadle.registry.manifest.ManifestTexts.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Manifest;
import dev.treadle.registry.Ordering;
import dev.treadle.registry.Retry;
import dev.treadle.registry.StartPosition;
import dev.treadle.registry.TriggerSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TriggerReaderTest {
    @Test
    void aRouteThatOverlapsWithAnotherIsAnError() {
        String routes =
                """
                triggers:
                  - http: {path: "/a/{id}", methods: [GET]}
                  - http: {path: "/a/{id}", methods: [POST]}
                  - http: {path: "/a/{name}", methods: [POST, PUT]}
                  - http: {path: "/a/{rest...}"}
                  - http: {path: /a}
                """;
        assertThat(messages(HEAD + routes))
                .containsExactly(
                        "triggers[2]: expected each route once, found `/a/{name}`, which overlaps"
                                + " with `/a/{id}`");
    }

    @Test
    void eventTriggersAreReadWithAllTheirKeys() {
        Manifest manifest =
                valid(
                        HEAD
                                + """
                                triggers:
                                  - nats:
                                      stream: UPLOADS
                                      subject: uploads.*.created
                                      ordering: key
                                      key: {token: 2}
                                      concurrency: 8
                                      retry: {attempts: 3, backoff: [1s, 1s, 2m], jitter: equal}
                                      deadLetter: {maxAge: 7d}
                                      batch: {size: 50, wait: 30ms}
                                      filter: "type = 'image' AND size > 1000"
                                      start: {time: "2026-01-31T09:00:00+01:00"}
                                      maxAge: 1h
                                      create: {subjects: [uploads.>]}
                                  - rpc: {subject: thumb.make, queue: thumbs}
                                  - schedule: {cron: "0 */5 * * * *", zone: Europe/Paris, overlap: allow, missed: once}
                                """);
        assertThat(manifest.triggers())
                .containsExactly(
                        new TriggerSpec.Nats(
                                "UPLOADS",
                                "uploads.*.created",
                                new Ordering.Key(new Ordering.KeySource.Token(2)),
                                8,
                                new Retry(
                                        3,
                                        List.of(
                                                Duration.ofSeconds(1),
                                                Duration.ofSeconds(1),
                                                Duration.ofMinutes(2)),
                                        Retry.Jitter.EQUAL),
                                new TriggerSpec.DeadLetter(Duration.ofDays(7)),
                                Optional.of(new TriggerSpec.Batch(50, Duration.ofMillis(30))),
                                Optional.of("type = 'image' AND size > 1000"),
                                new StartPosition.Time(Instant.parse("2026-01-31T08:00:00Z")),
                                Optional.of(Duration.ofHours(1)),
                                Optional.of(new TriggerSpec.NewStream(List.of("uploads.>")))),
                        new TriggerSpec.Rpc("thumb.make", Optional.of("thumbs")),
                        new TriggerSpec.Schedule(
                                "0 */5 * * * *",
                                ZoneId.of("Europe/Paris"),
                                TriggerSpec.Schedule.Overlap.ALLOW,
                                TriggerSpec.Schedule.Missed.ONCE));
    }

    @Test
    void eventTriggersHaveTheirDefaults() {
        Manifest manifest =
                valid(
                        HEAD
                                + """
                                triggers:
                                  - nats: {stream: A, subject: a.>, create: true}
                                  - nats: {stream: A, subject: b, ordering: strict}
                                  - schedule: {cron: "@hourly"}
                                """);
        assertThat(manifest.triggers())
                .containsExactly(
                        new TriggerSpec.Nats(
                                "A",
                                "a.>",
                                new Ordering.None(),
                                64,
                                Retry.DEFAULT,
                                TriggerSpec.DeadLetter.DEFAULT,
                                Optional.empty(),
                                Optional.empty(),
                                new StartPosition.All(),
                                Optional.empty(),
                                Optional.of(new TriggerSpec.NewStream(List.of("a.>")))),
                        new TriggerSpec.Nats(
                                "A",
                                "b",
                                new Ordering.Strict(),
                                1,
                                Retry.DEFAULT,
                                TriggerSpec.DeadLetter.DEFAULT,
                                Optional.empty(),
                                Optional.empty(),
                                new StartPosition.All(),
                                Optional.empty(),
                                Optional.empty()),
                        new TriggerSpec.Schedule(
                                "@hourly",
                                ZoneId.of("UTC"),
                                TriggerSpec.Schedule.Overlap.SKIP,
                                TriggerSpec.Schedule.Missed.SKIP));
    }

    @Test
    void triggersAreNamedByTheirKindAndFromTheSecondOnByTheirNumber() {
        Manifest manifest =
                valid(
                        HEAD
                                + """
                                triggers:
                                  - schedule: {cron: "@hourly"}
                                  - http: {path: /a}
                                  - schedule: {cron: "@daily"}
                                """);
        assertThat(manifest.namedTriggers().keySet())
                .containsExactly("schedule", "http", "schedule-2");
    }

    @Test
    void whatIsWrongWithAnEventTriggerIsSaidInItsWords() {
        assertThat(
                        messages(
                                HEAD
                                        + """
                                        triggers:
                                          - nats: {stream: a.b, subject: "s.n1*", retry: {attempts: 0, backoff: [soon]}}
                                          - nats: {stream: A, subject: a, ordering: strict, concurrency: 4, key: subject}
                                          - nats: {stream: A, subject: a, ordering: key, key: {topic: 1}, start: latest}
                                          - rpc: {subject: a, queue: ""}
                                          - schedule: {cron: "every minute", zone: Europe/Pariss, missed: onec}
                                        """))
                .containsExactly(
                        "triggers[0].nats.stream: expected a stream's name: letters, digits, _ and"
                                + " -, 255 characters at most, found \"a.b\"",
                        "triggers[0].nats.subject: expected a NATS subject such as orders.created,"
                                + " orders.*.created or orders.>, found \"s.n1*\"",
                        "triggers[0].nats.retry.attempts: expected a whole number from 1 to 1000,"
                                + " found 0",
                        "triggers[0].nats.retry.backoff[0]: expected a duration such as 500ms, 10s,"
                                + " 5m, 2h or 14d, found \"soon\"",
                        "triggers[1].nats.key: expected `ordering: key` where there is a key, found"
                                + " `ordering: strict`",
                        "triggers[2].nats.key: expected `subject`, or one of {token: 2}, {attribute:"
                                + " partitionkey}, {header: Order-Id}, found the keys [topic]",
                        "triggers[2].nats.start: expected one of all, new, found \"latest\"",
                        "triggers[3].rpc.queue: expected a queue group's name, such as workers, found"
                                + " \"\"",
                        "triggers[4].schedule.cron: expected a cron expression of five fields, or six"
                                + " with seconds first, such as \"0 */5 * * * *\", found \"every"
                                + " minute\"",
                        "triggers[4].schedule.zone: expected a time zone such as Europe/Paris, UTC or"
                                + " +02:00, found \"Europe/Pariss\"; did you mean `Europe/Paris`?",
                        "triggers[4].schedule.missed: expected one of skip, once, all, found \"onec\";"
                                + " did you mean `once`?");
    }

    @Test
    void theSameTriggerTwiceIsAnError() {
        assertThat(messages(HEAD + "triggers: [rpc: {subject: a}, rpc: {subject: a}]"))
                .containsExactly(
                        "triggers[1]: expected each trigger once, found the same `rpc` trigger"
                                + " again");
    }
}
