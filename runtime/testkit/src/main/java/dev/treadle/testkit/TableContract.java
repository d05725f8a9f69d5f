package dev.treadle.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.ColumnType;
import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableScan;
import dev.treadle.TableSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What every provider of tables promises: of scans here, of rows and changes in {@link
 * TableRowContract}.
 */
public abstract class TableContract extends TableRowContract {
    /** Every type that a key may have, in an order in which each gets its turn. */
    static final TableSchema KEYS =
            TableSchema.empty()
                    .partition("tenant", ColumnType.TEXT)
                    .partition("day", ColumnType.INT)
                    .clustering("a", ColumnType.BOOLEAN)
                    .clustering("b", ColumnType.TEXT)
                    .clustering("c", ColumnType.LONG)
                    .clustering("d", ColumnType.UUID)
                    .clustering("e", ColumnType.BYTES)
                    .clustering("f", ColumnType.TIME);

    private static final List<String> TEXTS = List.of("a", "a\0", "a\1", "aa", "b", "é", "😀");

    @Test
    void aScanFindsThePartitionInOrder() {
        Table orders = orders();
        String customer = fresh();
        for (int item : new int[] {7, -3, 0, 12}) {
            orders.put(order(customer, item).with("pieces", item));
        }
        orders.put(order(customer + "x", 1));
        orders.put(order(customer, 99).with("placed", NOON.minusMillis(1)));

        assertThat(items(orders.scan(TableScan.of(customer)))).containsExactly(99, -3, 0, 7, 12);
        assertThat(items(orders.scan(TableScan.of(customer).backward())))
                .containsExactly(12, 7, 0, -3, 99);
        assertThat(orders.scan(TableScan.of(customer)).rows().get(1))
                .isEqualTo(order(customer, -3).with("pieces", -3));
        assertThat(orders.scan(TableScan.of(fresh())).rows()).isEmpty();
    }

    @Test
    void aScanHasItsBounds() {
        Table orders = orders();
        String customer = fresh();
        for (int i = 0; i < 6; i++) {
            orders.put(order(customer, i));
            orders.put(order(customer, i + 10).with("placed", NOON.plusSeconds(1)));
        }
        TableScan all = TableScan.of(customer);
        Instant later = NOON.plusSeconds(1);

        assertThat(items(orders.scan(all.from(NOON, 4).before(later)))).containsExactly(4, 5);
        assertThat(items(orders.scan(all.after(NOON, 4).upTo(later, 11))))
                .containsExactly(5, 10, 11);
        assertThat(items(orders.scan(all.within(later)))).containsExactly(10, 11, 12, 13, 14, 15);
        assertThat(items(orders.scan(all.within(NOON, 3)))).containsExactly(3);
        assertThat(items(orders.scan(all.after(NOON).before(later, 11).backward())))
                .containsExactly(10);
        assertThat(orders.scan(all.after(later).before(NOON)).rows()).isEmpty();
        assertThat(orders.scan(all.after(NOON).before(NOON)).rows()).isEmpty();
    }

    @Test
    void aTableWithoutClusteringHasOneRowInAPartition() {
        Table users = table(USERS, Optional.empty());
        UUID id = UUID.randomUUID();
        users.put(TableRow.of("id", id).with("name", "Ada"));

        Table.Page page = users.scan(TableScan.of(id).backward());
        assertThat(page.rows()).containsExactly(TableRow.of("id", id).with("name", "Ada"));
        assertThat(page.next()).isEmpty();
        assertThat(page.previous()).isEmpty();
    }

    @Test
    void pagesLeadOnAndBack() {
        Table orders = orders();
        String customer = fresh();
        for (int i = 0; i < 7; i++) {
            orders.put(order(customer, i));
        }
        TableScan scan = TableScan.of(customer).limit(3);

        Table.Page first = orders.scan(scan);
        assertThat(items(first)).containsExactly(0, 1, 2);
        assertThat(first.previous()).isEmpty();
        Table.Page second = orders.scan(scan.at(first.next().orElseThrow()));
        assertThat(items(second)).containsExactly(3, 4, 5);
        Table.Page third = orders.scan(scan.at(second.next().orElseThrow()));
        assertThat(items(third)).containsExactly(6);
        assertThat(third.next()).isEmpty();
        Table.Page again = orders.scan(scan.at(third.previous().orElseThrow()));
        assertThat(items(again)).containsExactly(3, 4, 5);
        Table.Page begin = orders.scan(scan.at(again.previous().orElseThrow()));
        assertThat(items(begin)).containsExactly(0, 1, 2);
        assertThat(begin.previous()).isEmpty();
        assertThat(items(orders.scan(scan.at(begin.next().orElseThrow()))))
                .containsExactly(3, 4, 5);
    }

    @Test
    void pagesOfABackwardScanLeadOnAndBackToo() {
        Table orders = orders();
        String customer = fresh();
        for (int i = 0; i < 5; i++) {
            orders.put(order(customer, i));
        }
        TableScan scan = TableScan.of(customer).backward().limit(2);

        Table.Page first = orders.scan(scan);
        assertThat(items(first)).containsExactly(4, 3);
        Table.Page second = orders.scan(scan.at(first.next().orElseThrow()));
        assertThat(items(second)).containsExactly(2, 1);
        assertThat(items(orders.scan(scan.at(second.previous().orElseThrow()))))
                .containsExactly(4, 3);
    }

    @Test
    void aPlaceStaysWhenItsRowGoes() {
        Table orders = orders();
        String customer = fresh();
        for (int i = 0; i < 5; i++) {
            orders.put(order(customer, i));
        }
        TableScan scan = TableScan.of(customer).limit(2);
        String next = orders.scan(scan).next().orElseThrow();
        orders.delete(key(customer, 1));
        assertThat(items(orders.scan(scan.at(next)))).containsExactly(2, 3);
        for (int i = 2; i < 5; i++) {
            orders.delete(key(customer, i));
        }

        Table.Page empty = orders.scan(scan.at(next));
        assertThat(empty.rows()).isEmpty();
        assertThat(empty.next()).isEmpty();
        assertThat(items(orders.scan(scan.at(empty.previous().orElseThrow())))).containsExactly(0);
    }

    @Test
    void aCursorLeadsNotOutOfTheScansBounds() {
        Table orders = orders();
        String customer = fresh();
        for (int i = 0; i < 9; i++) {
            orders.put(order(customer, i));
        }
        String early = orders.scan(TableScan.of(customer).limit(2)).next().orElseThrow();

        TableScan bounded = TableScan.of(customer).from(NOON, 5).upTo(NOON, 6);
        assertThat(items(orders.scan(bounded.at(early)))).containsExactly(5, 6);
        assertThat(orders.scan(bounded.backward().at(early)).rows()).isEmpty();
    }

    @Test
    void whatIsNoScanIsRefused() {
        Table orders = orders();

        assertRefused(() -> TableScan.of("a").limit(0), "1 to 1000 rows");
        assertRefused(() -> TableScan.of("a").limit(1001), "1 to 1000 rows");
        assertRefused(() -> orders.scan(TableScan.of("a").at("nowhere!")), "no cursor");
        assertRefused(() -> orders.scan(TableScan.of("a", NOON)), "more values than that");
        assertRefused(() -> orders.scan(TableScan.of()), "the partition is (customer)");
        assertRefused(() -> orders.scan(TableScan.of("a").from("noon")), "column 'placed'");
        assertRefused(() -> orders.scan(TableScan.of("a").from()), "a value at least");
        assertRefused(
                () -> orders.scan(TableScan.of("a").from(NOON, 1, 2)), "more values than that");
    }

    /** Keys, bounds and pages by chance, beside what a list would say. */
    @Test
    void theOrderIsThatOfTheTypes() {
        RandomGenerator random = new SplittableRandom(7);
        Table keys = table(KEYS, Optional.empty());
        String tenant = fresh();
        List<TableRow> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            TableRow row = key(tenant, random);
            if (all.stream().noneMatch(row::equals)) {
                all.add(row);
                keys.put(row);
            }
        }
        all.sort(order(KEYS.clustering().size()));

        for (int round = 0; round < 40; round++) {
            boolean backward = random.nextBoolean();
            TableRow low = random.nextInt(3) == 0 ? key(tenant, random) : one(all, random);
            TableRow high = random.nextInt(3) == 0 ? key(tenant, random) : one(all, random);
            int lowSize = random.nextInt(1, 7);
            int highSize = random.nextInt(1, 7);
            TableScan scan = TableScan.of(tenant, 5).limit(random.nextInt(1, 30));
            scan = backward ? scan.backward() : scan;
            boolean isFrom = random.nextBoolean();
            boolean isUpTo = random.nextBoolean();
            Object[] lower = values(low, lowSize);
            Object[] upper = values(high, highSize);
            scan = isFrom ? scan.from(lower) : scan.after(lower);
            scan = isUpTo ? scan.upTo(upper) : scan.before(upper);
            List<TableRow> wanted = new ArrayList<>();
            for (TableRow row : all) {
                int toLow = order(lowSize).compare(row, low);
                int toHigh = order(highSize).compare(row, high);
                if ((isFrom ? toLow >= 0 : toLow > 0) && (isUpTo ? toHigh <= 0 : toHigh < 0)) {
                    wanted.add(row);
                }
            }
            if (backward) {
                Collections.reverse(wanted);
            }
            assertThat(pages(keys, scan)).as(scan.toString()).isEqualTo(wanted);
        }
    }

    private static List<TableRow> pages(Table table, TableScan scan) {
        List<TableRow> rows = new ArrayList<>();
        Table.Page page = table.scan(scan);
        rows.addAll(page.rows());
        while (page.next().isPresent()) {
            page = table.scan(scan.at(page.next().get()));
            rows.addAll(page.rows());
        }
        return rows;
    }

    private static TableRow key(String tenant, RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(1, 3)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(-1, 2);
        }
        return TableRow.of("tenant", tenant)
                .with("day", 5)
                .with("a", random.nextBoolean())
                .with("b", one(TEXTS, random))
                .with("c", one(List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE), random))
                .with("d", uuid(random))
                .with("e", bytes)
                .with("f", Instant.ofEpochMilli(random.nextInt(-2, 3)));
    }

    /** Of the versions 1, 4 and 7, with the variant that all of them have. */
    private static UUID uuid(RandomGenerator random) {
        long version = one(List.of(1L, 4L, 7L), random);
        long first = (random.nextLong() & ~0xF000L) | version << 12;
        return new UUID(first, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }

    private static <T> T one(List<T> all, RandomGenerator random) {
        return all.get(random.nextInt(all.size()));
    }

    private static Object[] values(TableRow row, int size) {
        List<Object> key = KEYS.keyOf(row).values();
        return key.subList(2, 2 + Math.min(size, 6)).toArray();
    }

    /** By so many clustering columns. */
    private static Comparator<TableRow> order(int size) {
        List<ColumnType> types = List.copyOf(KEYS.clustering().values());
        return (one, other) -> {
            TableKey a = KEYS.keyOf(one);
            TableKey b = KEYS.keyOf(other);
            for (int i = 0; i < Math.min(size, types.size()); i++) {
                int compared = types.get(i).compare(a.values().get(2 + i), b.values().get(2 + i));
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
    }

    private static List<Integer> items(Table.Page page) {
        return page.rows().stream().map(row -> (int) row.number("item").orElseThrow()).toList();
    }
}
