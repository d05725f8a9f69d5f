package dev.treadle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.ColumnType;
import dev.treadle.Table;
import dev.treadle.Table.Change;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What holds for single rows and changes: the part of {@link TableContract} without scans. */
abstract class TableRowContract {
    static final TableSchema ORDERS =
            TableSchema.empty()
                    .partition("customer", ColumnType.TEXT)
                    .clustering("placed", ColumnType.TIME)
                    .clustering("item", ColumnType.INT)
                    .column("note", ColumnType.TEXT)
                    .column("pieces", ColumnType.INT)
                    .column("total", ColumnType.LONG)
                    .column("weight", ColumnType.DOUBLE)
                    .column("paid", ColumnType.BOOLEAN)
                    .column("due", ColumnType.TIME)
                    .column("order", ColumnType.UUID)
                    .column("scan", ColumnType.BYTES);

    static final TableSchema USERS =
            TableSchema.empty().partition("id", ColumnType.UUID).column("name", ColumnType.TEXT);

    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private static final AtomicInteger NAMES = new AtomicInteger();

    /**
     * A table with these columns: the same one for the same columns.
     *
     * @param ttl of the binding; another one may have other rows
     */
    protected abstract Table table(TableSchema schema, Optional<Duration> ttl);

    final Table orders() {
        return table(ORDERS, Optional.empty());
    }

    /** A partition that nobody has written to. */
    static String fresh() {
        return "c-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
    }

    static TableRow order(String customer, int item) {
        return TableRow.of("customer", customer).with("placed", NOON).with("item", item);
    }

    static TableKey key(String customer, int item) {
        return TableKey.of(customer, NOON, item);
    }

    @Test
    void everyTypeComesBackAsItWas() {
        Table orders = orders();
        String customer = fresh();
        TableRow row =
                order(customer, -1)
                        .with("note", "é😀\0 'quoted'")
                        .with("pieces", Integer.MIN_VALUE)
                        .with("total", Long.MAX_VALUE)
                        .with("weight", -0.1)
                        .with("paid", true)
                        .with("due", Instant.parse("1969-07-20T20:17:40.123Z"))
                        .with("order", new UUID(-1, 1))
                        .with("scan", new byte[] {0, -1, 7});
        orders.put(row);

        TableRow there = orders.get(key(customer, -1)).orElseThrow();
        assertThat(there).isEqualTo(row);
        assertThat(there.text("note")).contains("é😀\0 'quoted'");
        assertThat(there.number("pieces")).hasValue(Integer.MIN_VALUE);
        assertThat(there.number("total")).hasValue(Long.MAX_VALUE);
        assertThat(there.real("weight")).hasValue(-0.1);
        assertThat(there.flag("paid")).contains(true);
        assertThat(there.time("due")).contains(Instant.parse("1969-07-20T20:17:40.123Z"));
        assertThat(there.uuid("order")).contains(new UUID(-1, 1));
        assertThat(there.bytes("scan").orElseThrow()).containsExactly(0, -1, 7);
    }

    @Test
    void emptyTextAndBytesAreValues() {
        Table orders = orders();
        String customer = fresh();
        TableRow row = order(customer, 1).with("note", "").with("scan", new byte[0]);
        orders.put(row);

        assertThat(orders.get(key(customer, 1))).contains(row);
    }

    @Test
    void aPutReplacesTheWholeRow() {
        Table orders = orders();
        String customer = fresh();
        orders.put(order(customer, 1).with("note", "first").with("total", 7L));
        orders.put(order(customer, 1).with("paid", false));

        assertThat(orders.get(key(customer, 1))).contains(order(customer, 1).with("paid", false));
    }

    @Test
    void aRowOfAKeyAloneIsThere() {
        Table orders = orders();
        String customer = fresh();
        assertThat(orders.get(key(customer, 1))).isEmpty();
        orders.put(order(customer, 1));

        assertThat(orders.get(key(customer, 1))).contains(order(customer, 1));
        assertThat(orders.get(key(customer, 2))).isEmpty();
    }

    @Test
    void aTableMayHaveNoClustering() {
        Table users = table(USERS, Optional.empty());
        UUID id = UUID.randomUUID();
        users.put(TableRow.of("id", id).with("name", "Ada"));

        assertThat(users.get(TableKey.of(id)).orElseThrow().text("name")).contains("Ada");
        users.delete(TableKey.of(id));
        assertThat(users.get(TableKey.of(id))).isEmpty();
    }

    @Test
    void whatIsDeletedIsGone() {
        Table orders = orders();
        String customer = fresh();
        orders.put(order(customer, 1));
        orders.put(order(customer, 2));
        orders.delete(key(customer, 1));
        orders.delete(key(customer, 3));

        assertThat(orders.get(key(customer, 1))).isEmpty();
        assertThat(orders.get(key(customer, 2))).isPresent();
    }

    @Test
    void whatIsThereIsNotCreated() {
        Table orders = orders();
        String customer = fresh();

        assertThat(orders.create(order(customer, 1).with("note", "first"))).isTrue();
        assertThat(orders.create(order(customer, 1).with("note", "second"))).isFalse();
        assertThat(orders.get(key(customer, 1)).orElseThrow().text("note")).contains("first");
        assertThat(orders.delete(key(customer, 1), TableRow.empty())).isTrue();
        assertThat(orders.create(order(customer, 1).with("note", "third"))).isTrue();
    }

    @Test
    void onlyWhatIsExpectedIsReplaced() {
        Table orders = orders();
        String customer = fresh();
        TableRow row = order(customer, 1).with("note", "new").with("pieces", 2);
        assertThat(orders.replace(row, TableRow.empty())).isFalse();
        assertThat(orders.get(key(customer, 1))).isEmpty();
        assertThat(orders.create(row.with("total", 5L))).isTrue();

        assertThat(orders.replace(row, TableRow.of("note", "old"))).isFalse();
        assertThat(orders.replace(row, TableRow.of("note", "new").with("pieces", 3))).isFalse();
        assertThat(orders.replace(row, TableRow.of("paid", true))).isFalse();
        assertThat(orders.get(key(customer, 1))).contains(row.with("total", 5L));
        assertThat(orders.replace(row, TableRow.of("note", "new").with("total", 5))).isTrue();
        assertThat(orders.get(key(customer, 1))).contains(row);
        assertThat(orders.replace(order(customer, 1), TableRow.empty())).isTrue();
        assertThat(orders.get(key(customer, 1))).contains(order(customer, 1));
    }

    @Test
    void onlyWhatIsExpectedIsDeleted() {
        Table orders = orders();
        String customer = fresh();
        assertThat(orders.delete(key(customer, 1), TableRow.empty())).isFalse();
        assertThat(orders.create(order(customer, 1).with("paid", true))).isTrue();

        assertThat(orders.delete(key(customer, 1), TableRow.of("paid", false))).isFalse();
        assertThat(orders.get(key(customer, 1))).isPresent();
        assertThat(orders.delete(key(customer, 1), TableRow.of("paid", true))).isTrue();
        assertThat(orders.get(key(customer, 1))).isEmpty();
    }

    @Test
    void nothingIsLostWhenManyReplace() throws Exception {
        Table orders = orders();
        String customer = fresh();
        orders.create(order(customer, 1).with("pieces", 0));
        inParallel(
                3,
                () -> {
                    boolean done = false;
                    while (!done) {
                        TableRow before = orders.get(key(customer, 1)).orElseThrow();
                        int pieces = (int) before.number("pieces").orElseThrow();
                        done =
                                orders.replace(
                                        before.with("pieces", pieces + 1),
                                        TableRow.of("pieces", pieces));
                    }
                });

        assertThat(orders.get(key(customer, 1)).orElseThrow().number("pieces")).hasValue(15);
    }

    @Test
    void oneOfManyCreates() throws Exception {
        Table orders = orders();
        String customer = fresh();
        AtomicInteger made = new AtomicInteger();
        inParallel(
                4,
                () -> {
                    if (orders.create(order(customer, 1))) {
                        made.incrementAndGet();
                    }
                });

        assertThat(made).hasValue(1);
    }

    @Test
    void changesOfAPartitionAreMadeTogether() throws Exception {
        Table orders = orders();
        String customer = fresh();
        orders.put(order(customer, 3).with("note", "goes"));
        orders.write(
                List.of(
                        Change.put(order(customer, 1).with("note", "one")),
                        Change.put(order(customer, 2).with("note", "two")),
                        Change.delete(key(customer, 3))));

        assertThat(orders.get(key(customer, 1)).orElseThrow().text("note")).contains("one");
        assertThat(orders.get(key(customer, 2)).orElseThrow().text("note")).contains("two");
        assertThat(orders.get(key(customer, 3))).isEmpty();
    }

    @Test
    void changesThatDoNotBelongTogetherAreRefused() {
        Table orders = orders();
        String customer = fresh();
        List<Change> many = new ArrayList<>();
        for (int i = 0; i <= Table.BATCH_MAX; i++) {
            many.add(Change.delete(key(customer, i)));
        }

        assertRefused(() -> orders.write(List.of()), "1 to 100 changes");
        assertRefused(() -> orders.write(many), "not 101");
        assertRefused(
                () ->
                        orders.write(
                                List.of(
                                        Change.put(order(customer, 1)),
                                        Change.put(order(customer + "x", 1)))),
                "is in one partition");
        assertRefused(
                () ->
                        orders.write(
                                List.of(
                                        Change.put(order(customer, 1)),
                                        Change.delete(key(customer, 1)))),
                "of another row");
        assertThat(orders.get(key(customer, 1))).isEmpty();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Table orders = orders();
        TableRow row = order("ada", 1);

        assertRefused(
                () -> orders.put(row.with("notes", "x")),
                "there is no column 'notes'; the manifest declares customer, placed, item, note");
        assertRefused(
                () -> orders.put(row.with("total", "7")),
                "column 'total' is of type long, which is a Long, not a String");
        assertRefused(() -> orders.put(row.without("item")), "no 'item'");
        assertRefused(() -> orders.put(row.with("customer", "")), "has 1 to 1024 bytes, not 0");
        assertRefused(
                () -> orders.put(row.with("customer", "x".repeat(1025))), "has 1 to 1024 bytes");
        assertRefused(
                () -> orders.put(row.with("scan", new byte[Table.ROW_BYTES_MAX])),
                "larger values belong into blobs");
        assertRefused(() -> orders.put(row.with("note", "\uD800")), "half a surrogate pair");
        assertRefused(
                () -> orders.get(TableKey.of("ada", NOON)),
                "the key is (customer, placed, item), not (ada, ");
        assertRefused(() -> orders.get(TableKey.of("ada", NOON, "1")), "column 'item' is of type");
        assertRefused(() -> orders.put(row, Duration.ofMillis(999)), "a ttl is 1 second to");
        assertRefused(
                () -> orders.replace(row, TableRow.of("item", 1)), "'item' belongs to the key");
    }

    @Test
    void rowsEnd() {
        Table orders = orders();
        String customer = fresh();
        orders.put(order(customer, 1), Duration.ofSeconds(1));
        orders.create(order(customer, 2), Duration.ofSeconds(1));
        orders.create(order(customer, 3).with("note", "stays"));
        orders.replace(order(customer, 3).with("note", "ends"), TableRow.empty(), ONE_SECOND);
        orders.write(List.of(Change.put(order(customer, 4), Duration.ofSeconds(1))));
        Table ending = table(ORDERS, Optional.of(Duration.ofSeconds(1)));
        ending.put(order(customer, 5).with("note", "ends"));
        ending.put(order(customer, 6), Duration.ofHours(1));
        orders.create(order(customer, 7), Duration.ofSeconds(1));
        assertThat(orders.replace(order(customer, 7).with("note", "stays"), TableRow.empty()))
                .isTrue();
        orders.put(order(customer, 8), Duration.ofSeconds(1));
        orders.put(order(customer, 8));

        for (int item : new int[] {1, 2, 3, 4}) {
            Eventually.holds(() -> orders.get(key(customer, item)).isEmpty());
        }
        Eventually.holds(() -> ending.get(key(customer, 5)).isEmpty());
        assertThat(ending.get(key(customer, 6))).isPresent();
        assertThat(orders.get(key(customer, 7))).isPresent();
        assertThat(orders.get(key(customer, 8))).isPresent();
        assertThat(orders.create(order(customer, 1))).isTrue();
    }

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    /** Refused as a wrong argument. */
    protected static void assertRefused(Runnable work, String why) {
        assertThatThrownBy(work::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    /** Runs 5 times in each of so many threads. */
    private static void inParallel(int threads, Runnable work) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(
                        executor.submit(
                                () -> {
                                    for (int round = 0; round < 5; round++) {
                                        work.run();
                                    }
                                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }
}
