package dev.treadle.server.admin;

import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.nats.Gaps;
import dev.treadle.trigger.nats.Output;
import dev.treadle.trigger.nats.Replay;
import dev.treadle.trigger.nats.StreamRange;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes how a replay goes, an object a line, as it goes. A client that has gone, and a node that
 * stops, end the replay. For one thread.
 */
final class ReplayAnswer implements Replay.Watcher {
    private final Replay.Mode mode;
    private final Optional<JsonDiff> diff;
    private final ServerResponse response;
    private final AdminJson json;
    private final Consumer<String> log;
    private final BooleanSupplier stopping;
    private @Nullable OutputStream out;
    private boolean gone;
    private boolean stopped;
    private long failed;
    private long different;

    /**
     * @param diff how outputs are compared; empty when there is one of each event only
     */
    ReplayAnswer(
            Replay.Mode mode,
            Optional<JsonDiff> diff,
            ServerResponse response,
            AdminJson json,
            Consumer<String> log,
            BooleanSupplier stopping) {
        this.mode = mode;
        this.diff = diff;
        this.response = response;
        this.json = json;
        this.log = log;
        this.stopping = stopping;
    }

    @Override
    public void begins(StreamRange range) {
        log.accept(
                "replay of %s %d-%d begins: %s"
                        .formatted(range.stream(), range.first(), range.last(), what()));
        response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
        out = response.outputStream();
        write(
                ReplayViews.Line.of(
                        new ReplayViews.Begin(
                                range.stream(),
                                range.subject(),
                                range.first(),
                                range.last(),
                                range.begins(),
                                gaps(range.gaps()))));
    }

    private String what() {
        return switch (mode) {
            case Replay.Mode.Real(Target target) -> "for real, on " + target.reference();
            case Replay.Mode.Dry(Target target) -> "dry, on " + target.reference();
            case Replay.Mode.Compare(Target before, Target after) ->
                    "dry, on %s and on %s".formatted(before.reference(), after.reference());
        };
    }

    private static Optional<ReplayViews.Gaps> gaps(Gaps gaps) {
        return gaps.events() == 0
                ? Optional.empty()
                : Optional.of(
                        new ReplayViews.Gaps(
                                gaps.events(),
                                gaps.ranges().stream()
                                        .map(
                                                each ->
                                                        new ReplayViews.Range(
                                                                each.first(), each.last()))
                                        .toList()));
    }

    @Override
    public boolean ran(Replay.Ran event) {
        boolean dry = !(mode instanceof Replay.Mode.Real);
        Optional<List<ReplayViews.Difference>> differences = differences(event.outputs());
        different += differences.map(List::isEmpty).orElse(true) ? 0 : 1;
        failed += event.outputs().stream().allMatch(Output::succeeded) ? 0 : 1;
        write(
                ReplayViews.Line.of(
                        new ReplayViews.Ran(
                                event.sequence(),
                                event.subject(),
                                event.published(),
                                event.outputs().stream()
                                        .map(output -> OutputViews.view(output, dry))
                                        .toList(),
                                differences)));
        return goesOn();
    }

    private Optional<List<ReplayViews.Difference>> differences(List<Output> outputs) {
        return diff.map(
                it ->
                        it.between(
                                OutputViews.comparable(outputs.getFirst()),
                                OutputViews.comparable(outputs.getLast())));
    }

    /** An empty line while nothing happens shows whether the client is still there. */
    @Override
    public boolean isListening() {
        write(new byte[0]);
        return goesOn();
    }

    private boolean goesOn() {
        stopped |= stopping.getAsBoolean();
        return !stopped && !gone;
    }

    /** The last line. */
    void end(Replay.Summary summary) {
        Optional<String> reason = summary.complete() ? Optional.empty() : Optional.of(why(summary));
        log.accept(
                "replay ends: %d events, %d failed%s"
                        .formatted(
                                summary.events(),
                                failed,
                                reason.map(text -> "; it is not complete: " + text).orElse("")));
        write(
                ReplayViews.Line.of(
                        new ReplayViews.End(
                                summary.events(),
                                failed,
                                diff.isPresent()
                                        ? OptionalLong.of(different)
                                        : OptionalLong.empty(),
                                summary.passedOver(),
                                summary.dropped(),
                                summary.complete(),
                                reason)));
        close();
    }

    private String why(Replay.Summary summary) {
        return summary.trouble()
                .orElse(stopped ? "the node is stopping" : "the client has hung up");
    }

    private void write(ReplayViews.Line line) {
        write(json.write(line));
    }

    private void write(byte[] line) {
        OutputStream open = out;
        if (open == null || gone) {
            return;
        }
        try {
            open.write(line);
            open.write('\n');
            open.flush();
        } catch (IOException | RuntimeException e) { // the web server has both for it
            gone = true;
        }
    }

    private void close() {
        OutputStream open = out;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException | RuntimeException e) {
            gone = true;
        }
    }
}
