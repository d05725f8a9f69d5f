package dev.treadle.server.schedules;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Registry;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.server.FunctionTriggers;
import dev.treadle.server.pauses.TriggerPauses;
import dev.treadle.trigger.schedule.Cron;
import dev.treadle.trigger.schedule.Schedule;
import dev.treadle.trigger.schedule.ScheduleTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the schedule trigger to what the registry says and to what is paused. Safe for threads. */
public final class FunctionSchedules {
    private final Registry registry;
    private final ScheduleTrigger trigger;
    private final TriggerPauses pauses;

    public FunctionSchedules(Registry registry, ScheduleTrigger trigger, TriggerPauses pauses) {
        this.registry = registry;
        this.trigger = trigger;
        this.pauses = pauses;
    }

    /** Takes over all that is deployed, and follows every change from then on. */
    public Registry.Watch start() {
        pauses.watch(key -> refresh(new FunctionName(key.function())));
        Registry.Watch watch = registry.watch(this::deployed);
        registry.catalog().functions().forEach(function -> refresh(function.name()));
        return watch;
    }

    /**
     * A pause of a function that is not here may be meant for other nodes; one deleted here ends.
     */
    private void deployed(FunctionName name) {
        if (registry.catalog().function(name).isEmpty()) {
            pauses.forget(name.value());
        }
        refresh(name);
    }

    private synchronized void refresh(FunctionName name) {
        Optional<DeployedFunction> function = registry.catalog().function(name);
        trigger.set(
                name.value(),
                function.map(FunctionSchedules::live).orElse(List.of()),
                pauses.of(name.value()).keySet());
    }

    private static List<Schedule> live(DeployedFunction function) {
        List<Schedule> schedules = new ArrayList<>();
        FunctionTriggers.live(function)
                .forEach(
                        (name, spec) -> {
                            if (spec instanceof TriggerSpec.Schedule schedule) {
                                schedules.add(schedule(function.name().value(), name, schedule));
                            }
                        });
        return schedules;
    }

    /**
     * What a declared schedule is for the trigger.
     *
     * @throws IllegalArgumentException when its cron expression is wrong
     */
    public static Schedule schedule(String function, String trigger, TriggerSpec.Schedule spec) {
        return new Schedule(
                new Schedule.Id(function, trigger),
                Cron.parse(spec.cron()),
                spec.zone(),
                overlap(spec.overlap()),
                missed(spec.missed()));
    }

    private static Schedule.Overlap overlap(TriggerSpec.Schedule.Overlap overlap) {
        return switch (overlap) {
            case SKIP -> Schedule.Overlap.SKIP;
            case QUEUE -> Schedule.Overlap.QUEUE;
            case ALLOW -> Schedule.Overlap.ALLOW;
        };
    }

    private static Schedule.Missed missed(TriggerSpec.Schedule.Missed missed) {
        return switch (missed) {
            case SKIP -> Schedule.Missed.SKIP;
            case ONCE -> Schedule.Missed.ONCE;
            case ALL -> Schedule.Missed.ALL;
        };
    }
}
