package dev.treadle.it;

/** Source texts of small functions. */
final class Sources {
    private Sources() {}

    /** A function that answers with a text. */
    static String saying(String packageName, String className, String text) {
        return """
        %simport dev.treadle.Context;
        import dev.treadle.HttpFunction;
        import dev.treadle.Request;
        import dev.treadle.Response;

        public final class %s implements HttpFunction {
            @Override
            public Response handle(Request request, Context context) {
                context.log().info("said {}", "%s");
                return Response.text("%s");
            }
        }
        """
                .formatted(
                        packageName.isEmpty() ? "" : "package " + packageName + ";\n\n",
                        className,
                        text,
                        text);
    }

    /**
     * A function that makes the file {@code started} and answers once there is a file {@code go}.
     */
    static String waiting(String folder) {
        return """
        import dev.treadle.Context;
        import dev.treadle.HttpFunction;
        import dev.treadle.Request;
        import dev.treadle.Response;
        import java.nio.file.Files;
        import java.nio.file.Path;
        import java.util.concurrent.locks.LockSupport;

        public final class Waiting implements HttpFunction {
            @Override
            public Response handle(Request request, Context context) throws Exception {
                Path folder = Path.of("%s");
                Files.createFile(folder.resolve("started"));
                while (!Files.exists(folder.resolve("go"))) {
                    LockSupport.parkNanos(1_000_000);
                }
                return Response.text("done");
            }
        }
        """
                .formatted(folder);
    }
}
