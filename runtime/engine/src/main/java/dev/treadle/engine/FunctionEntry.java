package dev.treadle.engine;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Split;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What the engine knows of one function at one moment. Never changes; the slots live on. */
final class FunctionEntry {
    private final DeployedFunction function;
    private final Map<Integer, ReleaseSlot> slots;
    private final Map<String, Choice> references = new HashMap<>();

    /** What nearly all calls want, without a look into the map: each step there is a cache miss. */
    private final @Nullable ReleaseSlot live;

    FunctionEntry(DeployedFunction function, Map<Integer, ReleaseSlot> slots) {
        this.function = function;
        this.slots = Map.copyOf(slots);
        slots.forEach((number, slot) -> references.put("v" + number, new Choice(slot)));
        function.aliases().forEach((name, split) -> references.put(name, choice(split)));
        Choice choice = references.get(DeployedFunction.LIVE);
        live = choice == null ? null : choice.only();
    }

    private Choice choice(Split split) {
        ReleaseSlot[] hundred = new ReleaseSlot[100];
        int from = 0;
        for (Map.Entry<Integer, Integer> weight : split.weights().entrySet()) {
            ReleaseSlot slot = slots.get(weight.getKey());
            for (int i = 0; i < weight.getValue() && slot != null; i++) {
                hundred[from++] = slot;
            }
        }
        return split.weights().size() == 1 ? new Choice(hundred[0]) : new Choice(hundred);
    }

    /**
     * The release that was chosen before, if it is still there, or else one for a reference such as
     * {@code live} or {@code v7}; null when there is none.
     */
    @Nullable ReleaseSlot pick(String reference, OptionalInt release) {
        ReleaseSlot chosen = release.isEmpty() ? null : slots.get(release.getAsInt());
        if (chosen != null) {
            return chosen;
        }
        return live != null && reference.equals(DeployedFunction.LIVE)
                ? live
                : choose(reference, ThreadLocalRandom.current().nextLong());
    }

    /** As {@link #pick}, and the same one for the same chance. */
    @Nullable ReleaseSlot choose(String reference, long chance) {
        Choice choice = references.get(reference);
        return choice == null ? null : choice.pick(chance);
    }

    /** What can be referred to. */
    Set<String> references() {
        return references.keySet();
    }

    FunctionName name() {
        return function.name();
    }

    Optional<ReleaseSlot> slot(int number) {
        return Optional.ofNullable(slots.get(number));
    }

    Map<Integer, ReleaseSlot> slots() {
        return slots;
    }

    boolean references(int number) {
        return function.aliases().values().stream()
                .anyMatch(split -> split.weights().containsKey(number));
    }

    /** One release, or a hundred places shared out by weight. */
    private record Choice(ReleaseSlot... places) {
        /** The release that all calls go to; null when several share them. */
        @Nullable ReleaseSlot only() {
            return places.length == 1 ? places[0] : null;
        }

        ReleaseSlot pick(long chance) {
            return places[(int) Long.remainderUnsigned(chance, places.length)];
        }
    }
}
