package dev.treadle.cli.admin;

import dev.treadle.cli.console.Documents;
import dev.treadle.cli.console.ExitCode;
import dev.treadle.cli.console.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Turns what a node answered, or that it did not, into failures. */
public final class Problems {
    private Problems() {}

    /** Whether the body must be read to tell the node's own error from a function's answer. */
    static boolean mayBe(Reply reply) {
        return !reply.ok()
                && reply.header("content-type").orElse("").startsWith("application/problem+json");
    }

    /** No node listens there. */
    static Failure unreachable(Server server) {
        return new Failure(
                ExitCode.UNREACHABLE,
                "no node answers at " + server.url(),
                "The node is found by --server, then TREADLE_SERVER, then the running node of"
                        + " ./.treadle, then http://127.0.0.1:8081 (here: "
                        + server.foundBy()
                        + ").",
                "treadle up",
                "treadle list --server http://HOST:8081",
                "treadle doctor");
    }

    static Failure silent(Server server, Duration patience) {
        return new Failure(
                ExitCode.UNREACHABLE,
                "the node at %s did not answer within %d s"
                        .formatted(server.url(), patience.toSeconds()),
                "It took the connection, so it is busy or stuck; what was asked for may still happen.",
                "treadle doctor",
                "curl " + server.url() + "/health/ready");
    }

    static Failure interrupted(Server server, IOException e) {
        return new Failure(
                ExitCode.UNREACHABLE,
                "the connection to %s broke: %s".formatted(server.url(), e.getMessage()),
                "The node may have stopped; what was asked for may have happened or not.",
                "treadle doctor");
    }

    /** An answer that no Treadle node gives. */
    static Failure notTreadle(Reply reply) {
        return Failure.failed(
                "the answer (status %d) is not a node's".formatted(reply.status()),
                "The address must be that of a node's admin listener, by default port 8081; functions"
                        + " are served on another.",
                "treadle doctor");
    }

    /** What an error status means. */
    public static Failure failure(Reply reply, Server server) {
        if (reply.status() == 401) {
            return unauthorized(server);
        }
        if (!reply.isProblem()) {
            return reply.status() == 404 && reply.body().length == 0
                    ? Failure.notFound(
                            "not found on " + server.url(),
                            "The node may be older than this command line.",
                            "treadle doctor")
                    : notTreadle(reply);
        }
        return problem(reply);
    }

    private static Failure unauthorized(Server server) {
        String cause =
                server.token()
                        .map(
                                token ->
                                        "the node at %s does not take the token from %s"
                                                .formatted(server.url(), token.source()))
                        .orElse(
                                "the node at %s wants its token, and none was found"
                                        .formatted(server.url()));
        return new Failure(
                ExitCode.UNAUTHORIZED,
                cause,
                "The token is TREADLE_TOKEN, or the file that a node on this machine wrote for its"
                        + " owner: admin.token in its data folder.",
                "export TREADLE_TOKEN=$(cat .treadle/admin.token)",
                "treadle doctor");
    }

    private static Failure problem(Reply reply) {
        JsonNode problem = parse(reply);
        ExitCode exit = reply.status() == 404 ? ExitCode.NOT_FOUND : ExitCode.FAILED;
        String code = problem.path("code").asString("");
        String detail = problem.path("detail").asString(problem.path("title").asString(""));
        String title = problem.path("title").asString("");
        String rule = title.equals(detail) || title.isEmpty() ? "" : title + ".";
        Failure failure =
                new Failure(exit, detail, rule, tries(code, problem)).withDetails(details(problem));
        return code.isEmpty() ? failure : failure.withCode(code);
    }

    private static JsonNode parse(Reply reply) {
        try {
            return Documents.parse(reply.body());
        } catch (JacksonException e) {
            throw notTreadle(reply).causedBy(e);
        }
    }

    private static List<String> details(JsonNode problem) {
        List<String> lines = new ArrayList<>();
        for (JsonNode one : problem.path("problems")) {
            lines.add("  " + line(one));
        }
        if (problem.hasNonNull("invocation")) {
            lines.add("  invocation " + problem.path("invocation").asString());
        }
        return lines;
    }

    /** One problem of a manifest on one line. */
    public static String line(JsonNode problem) {
        String at =
                problem.hasNonNull("line")
                        ? "function.yaml:" + problem.path("line").asInt() + ": "
                        : "";
        return at + problem.path("message").asString(problem.path("path").asString(""));
    }

    /** {@code NAME} stands for the function's, or the model's, which is known further up. */
    private static String[] tries(String code, JsonNode problem) {
        return switch (code) {
            case "TR-1006" -> new String[] {"treadle list"};
            case "TR-1103" -> new String[] {"treadle list", "treadle deploy PATH --name OTHER"};
            case "TR-1104" -> new String[] {"treadle alias list NAME"};
            case "TR-2001", "TR-2002", "TR-2003", "TR-2005" ->
                    new String[] {"treadle logs NAME" + which(problem), "treadle describe NAME"};
            case "TR-1001", "TR-1007", "TR-3001", "TR-3002" ->
                    new String[] {"treadle describe NAME"};
            case "TR-1101", "TR-1102", "TR-2004", "TR-2006" ->
                    new String[] {"treadle deploy PATH --dry-run"};
            default -> new String[] {"treadle doctor"};
        };
    }

    private static String which(JsonNode problem) {
        return problem.hasNonNull("invocation")
                ? " --invocation " + problem.path("invocation").asString()
                : " --level ERROR";
    }
}
