package dev.treadle.trigger;

import java.time.Instant;
import java.util.Optional;

/**
 * A request that is answered later.
 *
 * @param id the call's id, and the invocation's at each attempt; whoever knows it may read the
 *     answer
 * @param target what it runs
 * @param route the trigger that took it in, such as {@code http-2}: its rules hold
 * @param head all of the request but its body
 * @param callback the URL that the caller wants the end posted to
 * @param trace the caller's place in a distributed trace
 * @param hops how many events led to it: 0 for one that came from outside
 * @param accepted when it was taken in
 * @param body as it came, no longer compressed
 */
public record StoredRequest(
        String id,
        InvocationRequest.Target target,
        String route,
        RequestHead head,
        Optional<String> callback,
        Optional<TraceContext> trace,
        int hops,
        Instant accepted,
        byte[] body) {}
