package dev.treadle.trigger.nats;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** Names that tell nodes apart, and say to people which one is meant. */
final class NodeName {
    private NodeName() {}

    /** Another one each time. */
    static String unique() {
        return "%s (process %d, %s)"
                .formatted(host(), ProcessHandle.current().pid(), UUID.randomUUID());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a node";
        }
    }
}
