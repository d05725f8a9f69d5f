package dev.treadle.bindings;

import dev.treadle.Blobs;
import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.bindings.blobs.BlobProvider;
import dev.treadle.bindings.blobs.BlobStore;
import dev.treadle.bindings.blobs.BoundBlobs;
import dev.treadle.bindings.blobs.DryBlobs;
import dev.treadle.registry.BindingSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Blobs that a release binds under a name. */
record OpenBlobs(
        String name,
        BindingSpec.Blobs spec,
        Place<BlobProvider> place,
        BlobStore store,
        BindingMeter meter) {
    /** The type of the event that tells of a put. */
    static final String CREATED = "dev.treadle.blob.created";

    /**
     * @param dry null when writes are real
     */
    Blobs at(Context call, @Nullable DryRun dry) {
        Guard guard = place.guard(name, meter, call.invocation());
        return new BoundBlobs(
                dry == null ? store : dry(dry),
                guard,
                put ->
                        spec.created()
                                .ifPresent(subject -> call.publish(subject, event(call, put))));
    }

    private Event event(Context call, Blobs.Info put) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("store", spec.store());
        data.put("key", put.key());
        data.put("size", put.size());
        data.put("etag", put.etag());
        put.contentType().ifPresent(type -> data.put("contentType", type));
        data.put("metadata", put.metadata());
        return call.event(CREATED).subject(put.key()).json(data).build();
    }

    private BlobStore dry(DryRun run) {
        DryBlobs.Written written =
                run.seen("blobs " + spec.store(), DryBlobs.Written.class, DryBlobs.Written::new);
        return new DryBlobs(store, written, change -> run.told(name, change));
    }
}
