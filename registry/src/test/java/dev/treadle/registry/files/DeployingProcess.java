package dev.treadle.registry.files;

import dev.treadle.registry.FunctionName;
import java.nio.file.Path;

/**
 * A process of its own that deploys, and says on its output what it has deployed: {@code hello 3}.
 */
final class DeployingProcess {
    static final int HALTED = 77;

    private DeployingProcess() {}

    public static void main(String[] args) throws InterruptedException {
        Path folder = Path.of(args[1]);
        switch (args[0]) {
            case "once" -> once(folder, Integer.parseInt(args[2]));
            case "forever" -> forever(folder, Integer.parseInt(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** One deploy that halts the process at a step. */
    private static void once(Path folder, int step) {
        Disk disk = new MortalDisk(step, () -> Runtime.getRuntime().halt(HALTED));
        FileStore store = CrashScene.open(folder, disk);
        CrashScene.deploy(store, CrashScene.HELLO, step);
        store.close();
    }

    /** Deploys of several functions side by side, until somebody kills the process. */
    private static void forever(Path folder, int functions) throws InterruptedException {
        FileStore store = CrashScene.open(folder, new RealDisk());
        for (int i = 0; i < functions; i++) {
            FunctionName name = new FunctionName("f" + i);
            Thread.ofPlatform().start(() -> forever(store, name));
        }
        Thread.currentThread().join();
    }

    private static void forever(FileStore store, FunctionName name) {
        int next =
                store.registry().catalog().function(name).map(f -> f.newest().number()).orElse(0)
                        + 1;
        for (int count = next; ; count++) {
            int number = CrashScene.deploy(store, name, count).number();
            System.out.println(name + " " + number);
        }
    }
}
