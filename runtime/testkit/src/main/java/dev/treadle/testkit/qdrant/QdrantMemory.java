package dev.treadle.testkit.qdrant;

import io.grpc.Status;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.PointStruct;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The collections of a {@link QdrantServer}. Safe for threads. */
final class QdrantMemory {
    private final Map<String, Kept> collections = new ConcurrentHashMap<>();

    /** A collection: how it was made, its payload indexes, its points. */
    record Kept(
            CreateCollection made,
            Map<String, PayloadSchemaInfo> indexes,
            Map<PointId, PointStruct> points) {
        /** How a vector of this name is. */
        VectorParams vector(String name) {
            VectorParams params = made.getVectorsConfig().getParamsMap().getMapMap().get(name);
            if (params == null) {
                throw Status.INVALID_ARGUMENT
                        .withDescription("Wrong input: Not existing vector name error: " + name)
                        .asRuntimeException();
            }
            return params;
        }

        boolean isSparse(String name) {
            return made.getSparseVectorsConfig().containsMap(name);
        }
    }

    void create(CreateCollection wanted) {
        Kept kept = new Kept(wanted, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        if (collections.putIfAbsent(wanted.getCollectionName(), kept) != null) {
            throw Status.ALREADY_EXISTS
                    .withDescription(
                            "Wrong input: Collection `%s` already exists!"
                                    .formatted(wanted.getCollectionName()))
                    .asRuntimeException();
        }
    }

    Kept get(String name) {
        Kept kept = collections.get(name);
        if (kept == null) {
            throw Status.NOT_FOUND
                    .withDescription("Not found: Collection `%s` doesn't exist!".formatted(name))
                    .asRuntimeException();
        }
        return kept;
    }

    void drop(String name) {
        collections.remove(name);
    }
}
