package dev.treadle.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * The newest invocation records of each function, in memory. Errors have room of their own, so that
 * no flood of successes drives them out. Safe for threads.
 */
public final class RecordStore {
    private static final int SUCCESSES_PER_SECOND = 1_000;

    private final int perFunctionMax;
    private final PerSecond node = new PerSecond(SUCCESSES_PER_SECOND);
    private final ConcurrentMap<String, FunctionRecords> functions = new ConcurrentHashMap<>();

    RecordStore(int perFunctionMax) {
        this.perFunctionMax = perFunctionMax;
    }

    FunctionRecords of(String function) {
        return functions.computeIfAbsent(function, _ -> new FunctionRecords(perFunctionMax, node));
    }

    void remove(String function) {
        functions.remove(function);
    }

    /** Matching records, newest first. */
    public List<InvocationRecord> find(RecordQuery query) {
        Collection<FunctionRecords> asked =
                query.function()
                        .map(name -> Stream.ofNullable(functions.get(name)).toList())
                        .orElseGet(() -> new ArrayList<>(functions.values()));
        return asked.stream()
                .flatMap(records -> records.all().stream())
                .filter(query::matches)
                .sorted(Comparator.comparing(InvocationRecord::id).reversed())
                .limit(query.limit())
                .toList();
    }
}
