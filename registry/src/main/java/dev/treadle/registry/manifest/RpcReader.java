package dev.treadle.registry.manifest;

import dev.treadle.registry.TriggerSpec;
import java.util.List;
import java.util.Optional;

/** Reads what stands under {@code rpc}. */
final class RpcReader {
    private final Problems problems;
    private final Values values;

    RpcReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Empty when there is an error. */
    Optional<TriggerSpec> read(At at) {
        return Mapping.read(at, "a mapping with at least `subject`", problems).flatMap(this::rpc);
    }

    private Optional<TriggerSpec> rpc(Mapping rpc) {
        rpc.checkKeys(List.of("subject", "queue"), List.of());
        Optional<String> subject =
                rpc.require("subject", NatsNames.EXPECTED_SUBJECT).flatMap(values::subject);
        Optional<String> queue =
                rpc.get("queue")
                        .flatMap(at -> values.text(at, NatsNames.QUEUE, NatsNames.EXPECTED_QUEUE));
        return subject.map(s -> new TriggerSpec.Rpc(s, queue));
    }
}
