package dev.treadle.server.dependencies;

import java.time.Instant;

/** How something that a function depends on fares, as this node sees it. */
public sealed interface DependencyState {
    /** It has not answered yet, and not failed often enough to be called down. */
    record Unknown(Instant since) implements DependencyState {}

    /** It answers. */
    record Up(Instant since) implements DependencyState {}

    /**
     * It does not answer.
     *
     * @param since the first of the looks that failed
     */
    record Down(Instant since, String reason) implements DependencyState {}
}
