package dev.treadle.samples.csvstats;

import dev.treadle.BadRequest;
import dev.treadle.HttpError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up the rows of one CSV text, group by group. For one thread. */
final class Aggregation implements Iterable<GroupStats> {
    private static final int GROUPS_MAX = 100_000;

    private final CsvReader reader;
    private final String group;
    private final String column;
    private final Map<String, DoubleSummaryStatistics> numbers = new TreeMap<>();
    private long rows;

    Aggregation(CsvReader reader, String group, String column) {
        this.reader = reader;
        this.group = group;
        this.column = column;
    }

    /** Reads to the end. Rows whose column is empty count as rows and in no group. */
    void run() throws IOException {
        List<String> row = new ArrayList<>();
        if (!reader.read(row)) {
            throw new BadRequest("the body is empty: the first line names the columns");
        }
        int groupAt = indexOf(group, row);
        int columnAt = indexOf(column, row);
        while (reader.read(row)) {
            if (row.size() <= Math.max(groupAt, columnAt)) {
                throw new BadRequest(
                        "line " + reader.line() + " has only " + row.size() + " fields");
            }
            add(row.get(groupAt), row.get(columnAt).strip());
        }
    }

    long rows() {
        return rows;
    }

    int groups() {
        return numbers.size();
    }

    @Override
    public Iterator<GroupStats> iterator() {
        return numbers.entrySet().stream()
                .map(entry -> GroupStats.of(entry.getKey(), entry.getValue()))
                .iterator();
    }

    private void add(String key, String text) {
        rows++;
        if (text.isEmpty()) {
            return;
        }
        DoubleSummaryStatistics known = numbers.get(key);
        if (known == null) {
            if (numbers.size() == GROUPS_MAX) {
                throw new HttpError(413, "more than " + GROUPS_MAX + " values of " + group);
            }
            known = new DoubleSummaryStatistics();
            numbers.put(key, known);
        }
        known.accept(number(text));
    }

    private double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new BadRequest(
                    "line " + reader.line() + ": " + column + " is '" + text + "', not a number");
        }
    }

    private static int indexOf(String name, List<String> header) {
        int index = header.indexOf(name);
        if (index < 0) {
            throw new BadRequest("there is no column '" + name + "', only " + header);
        }
        return index;
    }
}
