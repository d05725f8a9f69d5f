package dev.treadle.cli.dev;

import dev.treadle.cli.admin.Deployer;
import dev.treadle.cli.build.CompileFailure;
import dev.treadle.cli.build.FunctionPackage;
import dev.treadle.cli.build.Packager;
import dev.treadle.cli.console.Environment;
import dev.treadle.cli.console.Failure;
import dev.treadle.registry.DeployedFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Deploys, and deploys again on each save. Whatever goes wrong is reported, the release before
 * keeps serving, and the next save is a new chance. For one thread.
 */
public final class DevLoop {
    private static final Duration NOTICED_MAX = Duration.ofSeconds(5);

    private final Environment environment;
    private final Packager packager;
    private final Deployer deployer;
    private final DevReport report;
    private final Consumer<String> onFirst;
    private String serving = "";
    private boolean broken;

    /**
     * @param onFirst is told the function's name once it is live
     */
    public DevLoop(
            Environment environment,
            Packager packager,
            Deployer deployer,
            DevReport report,
            Consumer<String> onFirst) {
        this.environment = environment;
        this.packager = packager;
        this.deployer = deployer;
        this.report = report;
        this.onFirst = onFirst;
    }

    /** Deploys what is there. False when it could not be. */
    public boolean deploy() {
        return swap(Set.of(), Duration.ZERO);
    }

    /** Deploys on each save until {@code watch} is closed. */
    public void follow(FileWatch watch) throws IOException, InterruptedException {
        for (Set<Path> saved = watch.next(); !saved.isEmpty(); saved = watch.next()) {
            Set<Path> inputs = saved.stream().filter(packager::isInput).collect(Collectors.toSet());
            if (!inputs.isEmpty()) {
                swap(inputs, sinceSaved(inputs));
            }
        }
    }

    private boolean swap(Set<Path> saved, Duration noticed) {
        try {
            long start = System.nanoTime();
            FunctionPackage function = packager.pack();
            Duration compile = Duration.ofNanos(System.nanoTime() - start);
            Deployer.Deployed deployed = deployer.deploy(function, DeployedFunction.LIVE, false);
            tell(
                    saved,
                    function,
                    deployed,
                    new Timing(noticed, compile, deployed.upload(), deployed.deploy()));
            broken = false;
            return true;
        } catch (CompileFailure e) {
            broken = true;
            report.broken(e, serving);
        } catch (Failure e) {
            broken = true;
            report.refused(e, serving);
        } catch (IOException | UncheckedIOException e) {
            broken = true;
            report.refused(unreadable(e), serving);
        }
        return false;
    }

    /** A file that was there when the save was noticed may be gone when it is read. */
    private static Failure unreadable(Exception e) {
        Throwable origin = e.getCause() instanceof IOException io ? io : e;
        String cause =
                origin instanceof NoSuchFileException missing
                        ? missing.getFile() + " is not there"
                        : "a file could not be read: " + origin;
        return Failure.failed(cause, "The next save is deployed again.").causedBy(e);
    }

    private void tell(
            Set<Path> saved, FunctionPackage function, Deployer.Deployed deployed, Timing timing) {
        function.warnings().forEach(report::warn);
        boolean first = serving.isEmpty();
        serving = function.manifest().name() + "@v" + deployed.release().orElse(0);
        if (first) {
            report.live(serving, deployed.urls(), function.inferred());
            onFirst.accept(function.manifest().name().value());
        } else if (deployed.outcome().equals("unchanged") && !broken) {
            report.unchanged(shown(saved), serving);
        } else {
            report.served(shown(saved), serving, timing, broken);
        }
    }

    /** Editors write a copy and rename it: what is gone again is named only when all is. */
    private Set<String> shown(Set<Path> files) {
        Set<Path> there = files.stream().filter(Files::exists).collect(Collectors.toSet());
        return (there.isEmpty() ? files : there)
                .stream().map(environment::show).collect(Collectors.toCollection(TreeSet::new));
    }

    private Duration sinceSaved(Set<Path> files) {
        Instant saved =
                files.stream().map(DevLoop::modified).max(Instant::compareTo).orElse(Instant.EPOCH);
        Duration since = Duration.between(saved, environment.clock().instant());
        return since.isNegative() || since.compareTo(NOTICED_MAX) > 0 ? Duration.ZERO : since;
    }

    private static Instant modified(Path file) {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            return time.toInstant();
        } catch (IOException e) {
            return Instant.EPOCH; // deleted: when is not known
        }
    }
}
