package dev.treadle.server;

import dev.treadle.inference.Device;
import dev.treadle.inference.InferenceConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code models}: how models run. For one thread. */
final class ModelsReader {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final long MEMORY = 1L << 30;

    private final ConfigKeys keys;
    private final List<String> errors;

    ModelsReader(ConfigKeys keys, List<String> errors) {
        this.keys = keys;
        this.errors = errors;
    }

    InferenceConfig read() {
        InferenceConfig usual = InferenceConfig.defaults(PROCESSORS, MEMORY);
        int lanes = keys.integer("models.lanes", 1, 1_024, usual.lanes());
        return new InferenceConfig(
                device(),
                keys.integer("models.device-id", 0, 1_024, 0),
                lanes,
                keys.integer("models.threads", 1, 1_024, Math.max(1, PROCESSORS / lanes)),
                keys.bytes("models.memory", 1 << 20, Long.MAX_VALUE, MEMORY),
                keys.integer("models.waiting-max", 1, 1_000_000, usual.waitingMax()));
    }

    private Device device() {
        String word = keys.text("models.device").orElse("cpu");
        Optional<Device> device =
                Arrays.stream(Device.values())
                        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst();
        if (device.isEmpty()) {
            errors.add("models.device: expected cpu, cuda or tensorrt, found '%s'".formatted(word));
        }
        return device.orElse(Device.CPU);
    }
}
