package dev.treadle.engine;

import dev.treadle.Handler;
import dev.treadle.Log.Level;
import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.RegistryException;
import dev.treadle.registry.Release;
import dev.treadle.trigger.ErrorCode;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Loads releases and ends them. A function's static initialisers, constructor, {@code start} and
 * {@code close} run on a thread of their own: a virtual thread would be pinned by an initialiser,
 * and a pooled thread would keep the function's thread locals. Safe for threads.
 */
final class Loading implements AutoCloseable {
    private static final String ADAPTERS = "dev.treadle.adapters.Adapters";

    private final ArtifactStore artifacts;
    private final NestedLibraries libraries;
    private final ClassLoader apiOnly = new ApiOnlyLoader(Loading.class.getClassLoader());
    private final List<Path> adapters;
    private final Duration patience;
    private final Deadlines deadlines;
    private final Offers offers;
    private final LogStore logs;
    private final InstantSource clock;
    private final ExecutorService unloads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("unload-", 0).factory());

    Loading(
            EngineConfig config,
            ArtifactStore artifacts,
            Deadlines deadlines,
            Offers offers,
            LogStore logs,
            InstantSource clock) {
        this.artifacts = artifacts;
        this.libraries = new NestedLibraries(config.unpacked());
        this.adapters = config.adapters();
        this.patience = config.startTimeout();
        this.deadlines = deadlines;
        this.offers = offers;
        this.logs = logs;
        this.clock = clock;
    }

    /** Loads and starts a release. Whatever goes wrong, nothing of it stays. */
    FunctionInstance load(Release release) throws LoadFailure {
        URL[] classPath = classPath(release);
        Bindings.Opened bindings = bindings(release);
        ReleaseLoader loader = new ReleaseLoader(release.toString(), classPath, apiOnly);
        FunctionInstance instance =
                new FunctionInstance(release, loader, deadlines, offers, bindings, logs, clock);
        loader.belongsTo(instance);
        try {
            OwnThread.run("start " + release, loader, patience, () -> start(instance, release));
        } catch (OwnThread.Late e) {
            dispose(instance);
            throw new LoadFailure(
                    ErrorCode.START_FAILED,
                    "%s did not start within %d s; do less in its constructor and `start`"
                            .formatted(release, patience.toSeconds()));
        } catch (LoadFailure e) {
            dispose(instance);
            throw e;
        } catch (Throwable e) {
            String trace = FunctionLog.stackTrace(e);
            instance.log().write(Level.ERROR, ErrorCode.START_FAILED.id() + " " + trace, null);
            dispose(instance);
            throw new LoadFailure(
                    ErrorCode.START_FAILED, "%s did not start: %s".formatted(release, brief(e)), e);
        }
        return instance;
    }

    /**
     * Ends the handler and closes its loader, meanwhile: neither a deploy nor the last caller waits
     * for a slow {@code close}.
     */
    void unload(FunctionInstance instance) {
        unloads.execute(() -> end(instance));
    }

    /** Waits until all that is being unloaded is gone. */
    @Override
    public void close() {
        unloads.close();
    }

    /** What goes wrong is written to the function's log. */
    private void end(FunctionInstance instance) {
        try {
            OwnThread.run(
                    "close " + instance.function() + "@v" + instance.release(),
                    instance.loader(),
                    patience,
                    instance::stop);
        } catch (OwnThread.Late e) {
            instance.log().warn("close() did not end within {} s", patience.toSeconds());
        } catch (Throwable e) {
            instance.log().warn("close() failed", e);
        }
        dispose(instance);
    }

    private static void dispose(FunctionInstance instance) {
        for (String name : OwnThread.interruptThreadsOf(instance.loader())) {
            instance.log()
                    .warn("thread {} was still running after close(); it was interrupted", name);
        }
        try {
            instance.bindings().close();
        } catch (RuntimeException e) {
            instance.log().warn("the bindings could not be closed", e);
        }
        ResourceBundle.clearCache(instance.loader());
        try {
            instance.loader().close();
        } catch (IOException e) {
            instance.log().warn("the artifact could not be closed", e);
        }
    }

    private Bindings.Opened bindings(Release release) throws LoadFailure {
        try {
            return offers.bindings().open(release);
        } catch (RuntimeException e) {
            throw new LoadFailure(
                    ErrorCode.START_FAILED,
                    "%s did not start: its bindings cannot be opened: %s"
                            .formatted(release, e.getMessage()),
                    e);
        }
    }

    private URL[] classPath(Release release) throws LoadFailure {
        try {
            Path artifact = artifacts.file(release.artifact());
            List<Path> paths = new ArrayList<>(libraries.classPath(artifact, release.artifact()));
            paths.addAll(adapters);
            URL[] urls = new URL[paths.size()];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = url(paths.get(i));
            }
            return urls;
        } catch (IOException | RegistryException e) {
            throw new LoadFailure(
                    ErrorCode.ARTIFACT_UNREADABLE,
                    "the artifact %s of %s cannot be read: %s"
                            .formatted(release.artifact().brief(), release, e.getMessage()),
                    e);
        }
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    private static void start(FunctionInstance instance, Release release) throws Exception {
        Object made = construct(instance.loader(), release);
        Handler handler = handler(made, instance.loader(), release);
        Callee callee =
                Callee.of(handler, instance::json).orElseThrow(() -> noHandler(made, release));
        instance.start(handler, callee);
    }

    private static Object construct(ClassLoader loader, Release release) throws Exception {
        String entry = release.manifest().entry();
        try {
            Constructor<?> constructor = loader.loadClass(entry).getConstructor();
            return constructor.newInstance();
        } catch (ClassNotFoundException e) {
            throw new LoadFailure(
                    ErrorCode.HANDLER_MISSING,
                    "handler class `%s` is not in the artifact of %s; check `entry` in function.yaml"
                            .formatted(entry, release),
                    e);
        } catch (UnsupportedClassVersionError e) {
            throw new LoadFailure(
                    ErrorCode.CLASS_TOO_NEW,
                    "%s was compiled for a newer Java than this node's %s: %s"
                            .formatted(release, Runtime.version().feature(), e.getMessage()),
                    e);
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new LoadFailure(
                    ErrorCode.HANDLER_MISSING,
                    ("handler class `%s` of %s needs to be public, not abstract, with a public"
                                    + " constructor without arguments")
                            .formatted(entry, release),
                    e);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Handler handler(Object made, ClassLoader loader, Release release)
            throws Exception {
        if (made instanceof Handler handler) {
            return handler;
        }
        Class<?> adapters;
        try {
            adapters = loader.loadClass(ADAPTERS);
        } catch (ClassNotFoundException e) {
            throw noHandler(made, release);
        }
        Object adapted = adapters.getMethod("adapt", Object.class).invoke(null, made);
        if (adapted instanceof Optional<?> found && found.orElse(null) instanceof Handler handler) {
            return handler;
        }
        throw noHandler(made, release);
    }

    private static LoadFailure noHandler(Object made, Release release) {
        return new LoadFailure(
                ErrorCode.HANDLER_MISSING,
                ("`%s` of %s is no handler: implement dev.treadle.HttpFunction, EventFunction or"
                                + " TypedFunction, or an interface that an adapter knows")
                        .formatted(made.getClass().getName(), release));
    }

    private static String brief(Throwable e) {
        Throwable cause =
                e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
        cause =
                cause instanceof ExceptionInInitializerError && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        return cause.getMessage() == null
                ? cause.getClass().getName()
                : cause.getClass().getName() + ": " + cause.getMessage();
    }
}
