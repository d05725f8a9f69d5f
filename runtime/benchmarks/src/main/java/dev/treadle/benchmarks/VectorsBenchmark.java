package dev.treadle.benchmarks;

import dev.treadle.SearchFilter;
import dev.treadle.VectorMatch;
import dev.treadle.VectorQuery;
import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.VectorsLab;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a binding of vectors misses, and how fast it is, beside looking at all of them. */
final class VectorsBenchmark implements Benchmark {
    private static final int NEAREST = 10;
    private static final int DIMENSIONS = 128;
    private static final String RECALL_GOAL = "≥ 0.95";

    @Override
    public String name() {
        return "vectors";
    }

    @Override
    public String question() {
        return "the ten nearest vectors by a binding, beside looking at all";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(Cores.SHARED);
        List<Row> rows = new ArrayList<>();
        int count = lab.count(50_000, 5_000);
        VectorCloud cloud = VectorCloud.of(count, DIMENSIONS);
        try (VectorsLab ours = VectorsLab.embedded(lab.newFolder("vectors"), DIMENSIONS)) {
            long began = System.nanoTime();
            ours.fill(cloud.vectors());
            double seconds = (System.nanoTime() - began) / 1e9;
            String size = Row.format("%,d of %d dimensions", count, DIMENSIONS);
            rows.add(
                    Row.alone(
                            "vectors: put, a thousand at once, " + size,
                            Row.format("%,.0f/s", count / seconds),
                            ""));
            rows.addAll(compare(lab, ours, cloud, size, Optional.empty()));
            rows.addAll(
                    compare(
                            lab,
                            ours,
                            cloud,
                            size + ", a tenth passes a filter",
                            Optional.of(VectorsLab.TENTH)));
        }
        return rows;
    }

    private static List<Row> compare(
            Lab lab,
            VectorsLab ours,
            VectorCloud cloud,
            String what,
            Optional<SearchFilter> filter) {
        int each = lab.count(300, 50);
        Rounds our = new Rounds();
        Rounds all = new Rounds();
        int found = 0;
        int wanted = 0;
        for (int round = lab.count(7, 5); round >= 0; round--) {
            List<float[]> queries = cloud.queries(each, round);
            List<List<VectorMatch>> answers = new ArrayList<>();
            long began = System.nanoTime();
            for (float[] query : queries) {
                VectorQuery near = VectorQuery.near(query).limit(NEAREST);
                answers.add(ours.vectors().find(filter.map(near::where).orElse(near)));
            }
            long between = System.nanoTime();
            List<Set<Integer>> exact = new ArrayList<>();
            for (float[] query : queries) {
                exact.add(cloud.nearest(query, NEAREST, filter.isPresent() ? 10 : 1));
            }
            long end = System.nanoTime();
            if (round == lab.count(7, 5)) {
                continue; // warms up
            }
            our.add(each * 1e9 / (between - began));
            all.add(each * 1e9 / (end - between));
            for (int i = 0; i < each; i++) {
                Set<Integer> right = exact.get(i);
                wanted += right.size();
                found +=
                        (int)
                                answers.get(i).stream()
                                        .filter(m -> right.contains(Integer.valueOf(m.id())))
                                        .count();
            }
        }
        double recall = (double) found / wanted;
        return List.of(
                new Row(
                        "vectors: recall@10, " + what,
                        Row.format("%,d found", found),
                        Row.format("%,d are there", wanted),
                        Row.format("%.3f", recall),
                        RECALL_GOAL),
                Row.rates(
                        "vectors: ten nearest, " + what + ", beside looking at all", our, all, ""));
    }
}
