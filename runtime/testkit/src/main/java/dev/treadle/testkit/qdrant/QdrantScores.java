package dev.treadle.testkit.qdrant;

import dev.treadle.testkit.qdrant.QdrantMemory.Kept;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How near points are to a query's vector, or how many of its words they have. */
interface QdrantScores {
    /** Empty when it is not to be found. */
    Optional<Float> score(PointStruct point);

    /** What comes first. */
    default Comparator<Map.Entry<PointStruct, Float>> best() {
        return Map.Entry.<PointStruct, Float>comparingByValue().reversed();
    }

    static QdrantScores of(Kept kept, QueryPoints query) {
        String name = query.getUsing();
        if (kept.isSparse(name)) {
            return new Words(kept, name, query.getQuery().getNearest().getSparse());
        }
        return new Near(
                name,
                kept.vector(name).getDistance(),
                query.getQuery().getNearest().getDense().getDataList());
    }

    /** By dense vectors. */
    record Near(String name, Distance distance, List<Float> wanted) implements QdrantScores {
        @Override
        public Optional<Float> score(PointStruct point) {
            List<Float> data =
                    point.getVectors()
                            .getVectors()
                            .getVectorsOrThrow(name)
                            .getDense()
                            .getDataList();
            double dot = 0;
            double length = 0;
            double way = 0;
            for (int i = 0; i < data.size(); i++) {
                dot += (double) data.get(i) * wanted.get(i);
                length += (double) wanted.get(i) * wanted.get(i);
                way += Math.pow((double) data.get(i) - wanted.get(i), 2);
            }
            return switch (distance) {
                case Cosine -> Optional.of((float) (dot / Math.sqrt(length)));
                case Dot -> Optional.of((float) dot);
                case Euclid -> Optional.of((float) Math.sqrt(way));
                default -> throw new IllegalStateException(distance.name());
            };
        }

        /** A distance is small where others are large. */
        @Override
        public Comparator<Map.Entry<PointStruct, Float>> best() {
            return distance == Distance.Euclid
                    ? Map.Entry.comparingByValue()
                    : QdrantScores.super.best();
        }
    }

    /** By sparse vectors, of which rare numbers count more. */
    record Words(Kept kept, String name, SparseVector wanted) implements QdrantScores {
        @Override
        public Optional<Float> score(PointStruct point) {
            Map<Integer, Float> own = numbers(point);
            double sum = 0;
            for (int i = 0; i < wanted.getIndicesCount(); i++) {
                Float weight = own.get(wanted.getIndices(i));
                sum +=
                        weight == null
                                ? 0
                                : weight * wanted.getValues(i) * rare(wanted.getIndices(i));
            }
            return sum == 0 ? Optional.empty() : Optional.of((float) sum);
        }

        private double rare(int number) {
            double all = kept.points().size();
            double having =
                    kept.points().values().stream()
                            .filter(point -> numbers(point).containsKey(number))
                            .count();
            return Math.log((all - having + 0.5) / (having + 0.5) + 1);
        }

        private Map<Integer, Float> numbers(PointStruct point) {
            Vector vector =
                    point.getVectors()
                            .getVectors()
                            .getVectorsOrDefault(name, Vector.getDefaultInstance());
            Map<Integer, Float> numbers = new HashMap<>();
            for (int i = 0; i < vector.getSparse().getIndicesCount(); i++) {
                numbers.put(vector.getSparse().getIndices(i), vector.getSparse().getValues(i));
            }
            return numbers;
        }
    }
}
