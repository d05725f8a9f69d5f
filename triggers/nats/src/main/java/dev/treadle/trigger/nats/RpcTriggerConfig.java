package dev.treadle.trigger.nats;

import dev.treadle.trigger.InvocationRequest.Target;

/**
 * Settings of one request/reply trigger.
 *
 * @param target what requests run
 * @param name the trigger's name within the function, for records and service discovery
 * @param subject where requests arrive; may hold wildcards
 * @param queue the queue group whose members share the requests; never empty, for then every node
 *     would answer each
 */
public record RpcTriggerConfig(Target target, String name, String subject, String queue) {
    public RpcTriggerConfig {
        if (queue.isEmpty()) {
            throw new IllegalArgumentException("a request/reply trigger needs a queue group");
        }
    }
}
