package dev.treadle.trigger.nats;

import java.net.URI;

/**
 * Something to be posted to a URL until that takes it.
 *
 * @param id the same at each attempt
 * @param function whose outcome it tells of
 * @param url where it goes
 * @param trusted whether the function's manifest names the URL; otherwise a caller did, and the
 *     node's rule for hosts holds
 * @param body an event in structured mode
 */
record Webhook(String id, String function, URI url, boolean trusted, byte[] body) {}
