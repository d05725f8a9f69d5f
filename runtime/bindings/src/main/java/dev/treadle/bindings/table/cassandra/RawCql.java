package dev.treadle.bindings.table.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.CodecNotFoundException;
import dev.treadle.Table;
import dev.treadle.TableRow;
import dev.treadle.bindings.StoreFailure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs statements as they are written; what is wrong with one is its writer's mistake. */
record RawCql(CassandraHome home, CassandraTable.Consistency consistency, Duration timeout) {
    List<TableRow> run(String text, List<Object> values) {
        try {
            Statement<?> statement = values.isEmpty() ? plain(text) : timed(bound(text, values));
            return rows(home.call(session -> session.executeAsync(statement)));
        } catch (StoreFailure e) {
            throw isMistake(e.getCause())
                    ? new IllegalArgumentException(
                            "Cassandra does not take this statement: " + e.detail(), e)
                    : e;
        }
    }

    private static boolean isMistake(@Nullable Throwable cause) {
        return cause instanceof SyntaxError
                || cause instanceof InvalidQueryException
                || cause instanceof CodecNotFoundException
                || cause instanceof IllegalArgumentException;
    }

    /** One without values may change the schema, which takes its time. */
    private Statement<?> plain(String text) {
        boolean isSlow = timeout.compareTo(CassandraConnector.CHANGING) < 0;
        boolean reads = text.stripLeading().regionMatches(true, 0, "SELECT", 0, 6);
        return timed(SimpleStatement.newInstance(text))
                .setTimeout(isSlow && !reads ? CassandraConnector.CHANGING : timeout);
    }

    private <S extends Statement<S>> S timed(Statement<S> statement) {
        return statement
                .setConsistencyLevel(consistency.level())
                .setSerialConsistencyLevel(consistency.serial())
                .setTimeout(timeout);
    }

    private Statement<?> bound(String text, List<Object> values) {
        PreparedStatement prepared = home.call(session -> session.prepareAsync(text));
        ColumnDefinitions wanted = prepared.getVariableDefinitions();
        if (wanted.size() != values.size()) {
            throw new IllegalArgumentException(
                    "the statement has %d question marks, and there are %d values"
                            .formatted(wanted.size(), values.size()));
        }
        List<Object> given = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            boolean isLong = wanted.get(i).getType().equals(DataTypes.BIGINT);
            Object value = CqlTypes.given(values.get(i));
            given.add(isLong && value instanceof Integer n ? (Object) n.longValue() : value);
        }
        try {
            return prepared.bind(given.toArray());
        } catch (CodecNotFoundException e) {
            throw new IllegalArgumentException(
                    "a value does not fit the statement: " + e.getMessage(), e);
        }
    }

    private List<TableRow> rows(AsyncResultSet first) {
        List<TableRow> rows = new ArrayList<>();
        AsyncResultSet page = first;
        while (true) {
            for (Row row : page.currentPage()) {
                if (rows.size() == Table.CQL_ROWS_MAX) {
                    throw new IllegalArgumentException(
                            "the statement gives more than %d rows: add a LIMIT"
                                    .formatted(Table.CQL_ROWS_MAX));
                }
                rows.add(read(row));
            }
            if (!page.hasMorePages()) {
                return rows;
            }
            AsyncResultSet before = page;
            page = home.call(_ -> before.fetchNextPage());
        }
    }

    private static TableRow read(Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.getObject(i);
            if (value != null) {
                values.put(
                        row.getColumnDefinitions().get(i).getName().asInternal(),
                        value instanceof ByteBuffer bytes ? CqlTypes.bytes(bytes) : value);
            }
        }
        return new TableRow(values);
    }
}
