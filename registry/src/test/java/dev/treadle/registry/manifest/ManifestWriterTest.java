package dev.treadle.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Manifest;
import dev.treadle.registry.contract.Manifests;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ManifestWriterTest {
    @Test
    void theFormIsTheSameEachTime() {
        assertThat(ManifestWriter.write(Manifests.full("full")))
                .isEqualTo(
                        """
                        schema: 1
                        name: full
                        entry: "com.acme.Thumbnail$Inner"
                        limits:
                          timeout: 1500ms
                          stream: 2h
                          concurrency: 7
                          queue: 0
                          payload: 123457
                        config:
                          SIZE: "256 \\"px\\"\\n\\u2028é😀\\\\"
                        secrets: [API_KEY, TOKEN]
                        triggers:
                          - http:
                              path: "/thumb/{id}"
                              methods: [GET]
                              cors:
                                origins: ["https://app.example.com"]
                                methods: [GET, PUT]
                                headers: [X-Api-Version]
                                expose: [ETag]
                                credentials: true
                                maxAge: 10m
                          - http:
                              path: "/files/{path...}"
                              async:
                                retry:
                                  attempts: 2
                                  backoff: [1s]
                                  jitter: equal
                                results: 3h
                                onSuccess:
                                  function: alarm
                                onFailure:
                                  webhook: "https://h.example/f"
                          - nats:
                              stream: UPLOADS
                              subject: "uploads.*.created"
                              ordering: key
                              key:
                                attribute: partitionkey
                              concurrency: 8
                              retry:
                                attempts: 3
                                backoff: [1500ms, 2m]
                                jitter: none
                              deadLetter:
                                maxAge: 7d
                              batch:
                                size: 50
                                wait: 30ms
                              filter: "type = 'image'"
                              start:
                                time: "2026-01-31T08:00:00Z"
                              maxAge: 1h
                              create:
                                subjects: ["uploads.>"]
                              onSuccess:
                                subject: uploads.done
                          - rpc:
                              subject: thumb.make
                              queue: thumbs
                          - schedule:
                              cron: "0 */5 * * * *"
                              zone: Europe/Paris
                              overlap: queue
                              missed: once
                        calls: [resize, blur]
                        requires:
                          - http: "https://stock/health?x=1"
                            interval: 10s
                            timeout: 500ms
                            failures: 2
                          - tcp: "[::1]:5432"
                            interval: 5s
                            timeout: 2s
                            failures: 3
                          - function: "pricing"
                            interval: 5s
                            timeout: 2s
                            failures: 3
                        bindings:
                          cache:
                            kv: sessions
                            ttl: 1h
                          clip:
                            model: clip-vit
                            batch: {max: 16}
                          plain:
                            model: plain
                          words:
                            search: articles
                          orders:
                            table: orders
                            key:
                              partition: {customer: text}
                              clustering: {placed: time}
                            columns:
                              "on": long
                            ttl: 90d
                          seen_2:
                            kv: seen
                            cached: 5s
                          photos:
                            blobs: photos
                            created: photos.created
                          passages:
                            vectors: passages
                            dimensions: 384
                            distance: dot
                        """);
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        for (int seed = 0; seed < 2_000; seed++) {
            Manifest manifest = new GeneratedManifests(new SplittableRandom(seed)).next();
            String text = ManifestWriter.write(manifest);
            assertThat(ManifestReader.read(text))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(new ParsedManifest.Valid(manifest, List.of()));
        }
    }
}
