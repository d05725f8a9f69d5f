package dev.treadle.bindings.table;

import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableScan;
import dev.treadle.TableSchema;
import dev.treadle.bindings.Guard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A table as one invocation sees it: checks what it is given, and has each call guarded. */
public final class BoundTable implements Table {
    private final TableStore store;
    private final Guard guard;
    private final TableSchema schema;
    private final Optional<Duration> ttl;

    /**
     * @param ttl of rows that are put without one
     */
    public BoundTable(TableStore store, Guard guard, TableSchema schema, Optional<Duration> ttl) {
        this.store = store;
        this.guard = guard;
        this.schema = schema;
        this.ttl = ttl;
    }

    @Override
    public Optional<TableRow> get(TableKey key) {
        TableKey fitted = schema.fit(key);
        return guard.run(() -> store.get(fitted));
    }

    @Override
    public void put(TableRow row) {
        put(row, ttl);
    }

    @Override
    public void put(TableRow row, Duration life) {
        put(row, Optional.of(life));
    }

    private void put(TableRow row, Optional<Duration> life) {
        TableRow fitted = schema.fit(row);
        Optional<Duration> seconds = TableSchema.fit(life);
        run(() -> store.put(fitted, seconds));
    }

    @Override
    public boolean create(TableRow row) {
        return create(row, ttl);
    }

    @Override
    public boolean create(TableRow row, Duration life) {
        return create(row, Optional.of(life));
    }

    private boolean create(TableRow row, Optional<Duration> life) {
        TableRow fitted = schema.fit(row);
        Optional<Duration> seconds = TableSchema.fit(life);
        return guard.run(() -> store.create(fitted, seconds));
    }

    @Override
    public boolean replace(TableRow row, TableRow expected) {
        return replace(row, expected, ttl);
    }

    @Override
    public boolean replace(TableRow row, TableRow expected, Duration life) {
        return replace(row, expected, Optional.of(life));
    }

    private boolean replace(TableRow row, TableRow expected, Optional<Duration> life) {
        if (schema.columns().isEmpty()) {
            throw new IllegalArgumentException(
                    "the manifest declares no columns besides the key: there is nothing to replace");
        }
        TableRow fitted = schema.fit(row);
        TableRow before = schema.fitExpected(expected);
        Optional<Duration> seconds = TableSchema.fit(life);
        return guard.run(() -> store.replace(fitted, before, seconds));
    }

    @Override
    public void delete(TableKey key) {
        TableKey fitted = schema.fit(key);
        run(() -> store.delete(fitted));
    }

    @Override
    public boolean delete(TableKey key, TableRow expected) {
        TableKey fitted = schema.fit(key);
        TableRow before = schema.fitExpected(expected);
        return guard.run(() -> store.delete(fitted, before));
    }

    @Override
    public void write(List<Change> changes) {
        List<Change> fitted = schema.fit(changes, ttl);
        run(() -> store.write(fitted));
    }

    @Override
    public Page scan(TableScan scan) {
        TableScan fitted = schema.fit(scan);
        Optional<Cursor> cursor = fitted.cursor().map(text -> Cursor.read(text, schema));
        boolean isBack = cursor.isPresent() && cursor.get().isBack();
        TableStore.Range range =
                cursor.map(each -> each.range(fitted, new TableKeys("any", schema)))
                        .orElseGet(() -> whole(fitted));
        TableStore.Found found = guard.run(() -> store.scan(range));
        Optional<String> onward =
                found.end().map(end -> new Cursor(isBack, false, end).text(schema));
        Optional<String> whence = cursor.map(each -> whence(each, found.rows()).text(schema));
        return isBack
                ? new Page(reversed(found.rows()), whence, onward)
                : new Page(found.rows(), onward, whence);
    }

    private static TableStore.Range whole(TableScan scan) {
        return new TableStore.Range(
                scan.partition(), scan.lower(), scan.upper(), scan.isBackward(), scan.limit());
    }

    /** Back to where the page was come from: from its first row, or from where it looked. */
    private Cursor whence(Cursor cursor, List<TableRow> rows) {
        if (rows.isEmpty()) {
            return new Cursor(!cursor.isBack(), !cursor.isInclusive(), cursor.place());
        }
        List<Object> key = schema.keyOf(rows.getFirst()).values();
        int split = schema.partition().size();
        return new Cursor(!cursor.isBack(), false, new TableKey(key.subList(split, key.size())));
    }

    private static List<TableRow> reversed(List<TableRow> rows) {
        List<TableRow> turned = new ArrayList<>(rows);
        Collections.reverse(turned);
        return turned;
    }

    @Override
    public List<TableRow> cql(String statement, Object... values) {
        List<Object> given = Arrays.asList(values);
        return guard.run(() -> store.cql(statement, given));
    }

    private void run(Runnable work) {
        Supplier<Boolean> done =
                () -> {
                    work.run();
                    return true;
                };
        guard.run(done);
    }
}
