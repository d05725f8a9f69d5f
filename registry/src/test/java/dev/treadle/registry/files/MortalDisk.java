package dev.treadle.registry.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The real disk until its last step, at which death comes. A write has two steps: before it, and
 * halfway through its bytes. For one thread.
 */
final class MortalDisk implements Disk {
    private final Disk disk = new RealDisk();
    private final int lastStep;
    private final Death death;
    private int steps;

    MortalDisk(int lastStep, Death death) {
        this.lastStep = lastStep;
        this.death = death;
    }

    /** What happens at the last step, and at each after it if there are any. */
    interface Death {
        void come() throws IOException;
    }

    int steps() {
        return steps;
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        step();
        disk.createDirectory(directory);
    }

    @Override
    public void write(Path file, InputStream bytes, MessageDigest sha) throws IOException {
        step();
        byte[] all = bytes.readAllBytes();
        if (steps + 1 >= lastStep) {
            disk.write(file, Arrays.copyOf(all, all.length / 2));
        }
        step();
        disk.write(file, new ByteArrayInputStream(all), sha);
    }

    @Override
    public void force(Path directory) throws IOException {
        step();
        disk.force(directory);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step();
        disk.move(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        step();
        disk.delete(path);
    }

    private void step() throws IOException {
        steps++;
        if (steps >= lastStep) {
            death.come();
        }
    }
}
