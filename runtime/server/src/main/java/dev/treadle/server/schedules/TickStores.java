package dev.treadle.server.schedules;

import dev.treadle.trigger.nats.NatsSession;
import dev.treadle.trigger.nats.server.NatsSettings;
import dev.treadle.trigger.schedule.FileTickStore;
import dev.treadle.trigger.schedule.TickStore;
import java.nio.file.Path;

/** Where ticks are kept: in the node's folder, and in NATS where nodes may share them. */
public final class TickStores {
    private TickStores() {}

    /**
     * @param data the node's data folder
     * @param node this node's id
     */
    public static TickStore of(
            Path data, NatsSettings.Source source, NatsSession session, String node) {
        TickStore own = new FileTickStore(data.resolve("schedules"));
        return switch (source) {
            case NatsSettings.Off _ -> own;
            case NatsSettings.Managed _ -> new SharedTickStore(own, session, false, node);
            case NatsSettings.External _ -> new SharedTickStore(own, session, true, node);
        };
    }
}
