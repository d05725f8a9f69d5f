package dev.treadle.samples.csvstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CsvStatsTest {
    private static final String BY_CITY = "/csv-stats?group=city&column=amount";

    private final TestFunction stats = TestFunction.of(new CsvStats()).payloadLimit(4L << 30);

    @Test
    void ordersAreSummedUpByCity() throws IOException {
        GroupStats[] groups = stats.post(BY_CITY, orders(), "text/csv").json(GroupStats[].class);

        assertThat(groups)
                .extracting(GroupStats::group)
                .containsExactly("Lyon", "Paris", "Saint-Étienne");
        GroupStats paris = groups[1];
        assertThat(paris.count()).isEqualTo(3);
        assertThat(paris.sum()).isCloseTo(100, within(1e-9));
        assertThat(paris.min()).isEqualTo(0.1);
        assertThat(paris.max()).isEqualTo(80);
        assertThat(paris.mean()).isCloseTo(100 / 3.0, within(1e-9));
        assertThat(groups[0].count()).as("an empty amount is passed over").isEqualTo(1);
    }

    @Test
    void jsonLinesAreWrittenWhenAskedFor() throws IOException {
        TestResponse response =
                stats.request("POST", BY_CITY)
                        .header("Accept", "application/x-ndjson")
                        .body(orders(), "text/csv")
                        .send();

        assertThat(response.contentType()).contains("application/x-ndjson");
        assertThat(response.text().lines())
                .hasSize(3)
                .first()
                .isEqualTo(
                        "{\"group\":\"Lyon\",\"count\":1,\"sum\":100.0,\"min\":100.0,\"max\":100.0,\"mean\":100.0}");
    }

    @Test
    void rowsAndGroupsAreLogged() throws IOException {
        stats.post(BY_CITY, orders(), "text/csv");

        assertThat(stats.log().messages()).containsExactly("6 rows in 3 groups");
    }

    @Test
    void bodyLargerThanMemoryNeedsNoMemory() {
        long rows = 2_000_000;

        TestResponse response =
                stats.request("POST", "/?group=sensor&column=value")
                        .body(() -> new SensorRows(rows), "text/csv")
                        .send();

        GroupStats[] groups = response.json(GroupStats[].class);
        assertThat(groups).hasSize(10);
        assertThat(groups[3]).isEqualTo(new GroupStats("s3", rows / 10, 3.0 * rows / 10, 3, 3, 3));
    }

    @Test
    void unknownColumnNamesThoseThatAreThere() {
        assertRefused("a,b\n1,2\n", "?group=a&column=c", "there is no column 'c', only [a, b]");
    }

    @Test
    void textInTheColumnNamesItsLine() {
        assertRefused(
                "a,b\nx,\"1\n\"\ny,two\n", "?group=a&column=b", "line 4: b is 'two', not a number");
    }

    @Test
    void shortRowNamesItsLine() {
        assertRefused("a,b\nx\n", "?group=a&column=b", "line 2 has only 1 fields");
    }

    @Test
    void openQuoteNamesTheLineItBeganOn() {
        assertRefused("a,b\nx,\"1\n", "?group=a&column=b", "line 2: a quote is never closed");
    }

    @Test
    void textAfterAClosingQuoteIsRefused() {
        assertRefused("a,b\n\"x\"y,1\n", "?group=a&column=b", "line 2: text after a closing quote");
    }

    @Test
    void emptyBodyIsRefused() {
        assertRefused("", "?group=a&column=b", "the body is empty");
    }

    @Test
    void missingParameterIsNamed() {
        assertRefused("a\n1\n", "?group=a", "the query parameter column is missing");
    }

    private void assertRefused(String body, String query, String message) {
        TestResponse response = stats.post("/" + query, body, "text/csv");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains(message);
    }

    private static byte[] orders() throws IOException {
        try (InputStream in = CsvStatsTest.class.getResourceAsStream("orders.csv")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
