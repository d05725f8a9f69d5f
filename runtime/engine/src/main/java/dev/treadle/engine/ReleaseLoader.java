package dev.treadle.engine;

import java.net.URL;
import java.net.URLClassLoader;
import org.jspecify.annotations.Nullable;

/** The class loader of one loaded release. */
final class ReleaseLoader extends URLClassLoader {
    private volatile @Nullable FunctionInstance instance;

    static {
        registerAsParallelCapable();
    }

    ReleaseLoader(String release, URL[] classPath, ClassLoader parent) {
        super(release, classPath, parent);
    }

    void belongsTo(FunctionInstance owner) {
        instance = owner;
    }

    /** Whose code this loads; null until the handler is being made. */
    @Nullable FunctionInstance instance() {
        return instance;
    }
}
