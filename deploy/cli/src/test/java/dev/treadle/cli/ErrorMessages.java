package dev.treadle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** What the tests of error messages share. */
final class ErrorMessages {
    private ErrorMessages() {}

    static void deployHello(TestShell shell) throws IOException {
        shell.write(
                "Hello.java",
                """
                import dev.treadle.*;
                public final class Hello implements HttpFunction {
                    @Override public Response handle(Request request, Context context) {
                        return Response.ok("hi");
                    }
                }
                """);
        assertThat(shell.run("deploy", "Hello.java").exit()).isZero();
    }

    /** The run failed with this message alone. */
    static void expect(TestShell.Run run, int exit, String message) {
        assertThat(run.err()).isEqualTo(message);
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
    }
}
