package dev.treadle.engine;

/**
 * The parent of every release's loader: shows the JDK and the package {@code dev.treadle}, so that
 * no library of the platform can clash with a function's. Safe for threads.
 */
final class ApiOnlyLoader extends ClassLoader {
    private static final String API = "dev.treadle.";

    private final ClassLoader platform;

    static {
        registerAsParallelCapable();
    }

    /**
     * @param platform the loader that has the API
     */
    ApiOnlyLoader(ClassLoader platform) {
        super("treadle-api", ClassLoader.getPlatformClassLoader());
        this.platform = platform;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(API) && name.indexOf('.', API.length()) < 0) {
            return platform.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
