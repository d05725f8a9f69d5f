package dev.treadle.samples.orderledger;

import dev.treadle.BadRequest;
import dev.treadle.Context;
import dev.treadle.NotFound;
import dev.treadle.TypedFunction;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The end of the line: remembers the newest priced orders, which come as events, and finds one when
 * asked over HTTP. It remembers in memory, so a node or release that begins anew begins with
 * nothing. The same order written twice is one entry.
 */
public final class OrderLedger implements TypedFunction<PricedOrder, PricedOrder> {
    private static final int ENTRIES_MAX = 10_000;

    private final Map<String, PricedOrder> entries =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, PricedOrder> eldest) {
                    return size() > ENTRIES_MAX;
                }
            };

    @Override
    public PricedOrder handle(PricedOrder entry, Context context) {
        if (entry.id() == null || entry.id().isBlank()) {
            throw new BadRequest("`id` is missing");
        }
        return entry.isQuestion() ? find(entry.id()) : write(entry, context);
    }

    private PricedOrder write(PricedOrder entry, Context context) {
        synchronized (entries) {
            entries.put(entry.id(), entry);
        }
        context.log()
                .info(
                        "{}: {} × {}, {} cents",
                        entry.id(),
                        entry.quantity(),
                        entry.item(),
                        entry.cents());
        return entry;
    }

    private PricedOrder find(String id) {
        synchronized (entries) {
            PricedOrder found = entries.get(id);
            if (found == null) {
                throw new NotFound(
                        "there is no priced order " + id + "; it may still be on its way");
            }
            return found;
        }
    }
}
