package dev.treadle.server.admin;

import dev.treadle.server.dependencies.Dependencies;
import dev.treadle.server.dependencies.DependencyState;
import java.util.List;

/** What functions depend on, in Prometheus text format. */
final class DependencyMetrics {
    private static final String UP = "treadle_dependency_up";

    private DependencyMetrics() {}

    /** Nothing when nobody depends on anything. */
    static String text(List<Dependencies.Status> statuses) {
        if (statuses.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append(
                "# HELP %s 1 while what the function depends on answers, 0 otherwise\n"
                        .formatted(UP));
        text.append("# TYPE %s gauge\n".formatted(UP));
        for (Dependencies.Status status : statuses) {
            text.append(
                    "%s{faas_name=\"%s\",dependency=\"%s\"} %d\n"
                            .formatted(
                                    UP,
                                    status.function(),
                                    status.requirement(),
                                    status.state() instanceof DependencyState.Up ? 1 : 0));
        }
        return text.toString();
    }
}
