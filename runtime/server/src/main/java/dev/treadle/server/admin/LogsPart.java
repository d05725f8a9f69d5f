package dev.treadle.server.admin;

import dev.treadle.Log;
import dev.treadle.engine.InvocationRecord;
import dev.treadle.engine.LogLine;
import dev.treadle.engine.LogQuery;
import dev.treadle.engine.LogStore;
import dev.treadle.engine.RecordQuery;
import dev.treadle.engine.RecordStore;
import dev.treadle.registry.FunctionName;
import dev.treadle.server.Deployments;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Function logs and invocation records. */
final class LogsPart implements AdminServer.Part {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final Deployments deployments;
    private final LogStore logs;
    private final RecordStore records;
    private final BooleanSupplier stopping;

    LogsPart(
            Deployments deployments, LogStore logs, RecordStore records, BooleanSupplier stopping) {
        this.deployments = deployments;
        this.logs = logs;
        this.records = records;
        this.stopping = stopping;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.get(
                "/v1/functions/{name}/logs", (request, response) -> logs(request, response, json));
        routing.get(
                "/v1/invocations",
                (request, response) ->
                        json.send(
                                response,
                                200,
                                new Views.InvocationList(
                                        records.find(recordQuery(request)).stream()
                                                .map(LogsPart::view)
                                                .toList())));
    }

    private void logs(ServerRequest request, ServerResponse response, AdminJson json) {
        FunctionName name = Params.function(request);
        LogQuery query = logQuery(request);
        if (logs.find(name.value(), query).isEmpty()) {
            deployments.require(name); // one that never started has a log that says why
        }
        boolean follow = Params.query(request, "follow").filter("true"::equals).isPresent();
        response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
        try (OutputStream out = response.outputStream()) {
            long last = write(out, json, logs.find(name.value(), query), 0);
            while (follow && !stopping.getAsBoolean()) {
                last =
                        write(
                                out,
                                json,
                                logs.await(name.value(), query.after(last), HEARTBEAT),
                                last);
                if (!deployments.exists(name)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An empty line while nothing happens shows that the client is still there. */
    private static long write(OutputStream out, AdminJson json, List<LogLine> lines, long last)
            throws IOException {
        long newest = last;
        for (LogLine line : lines) {
            out.write(json.write(view(line)));
            out.write('\n');
            newest = line.sequence();
        }
        if (lines.isEmpty()) {
            out.write('\n');
        }
        out.flush();
        return newest;
    }

    private static LogQuery logQuery(ServerRequest request) {
        return new LogQuery(
                Params.query(request, "invocation"),
                Params.number(request, "release", 1, Integer.MAX_VALUE),
                Params.choice(request, "level", Log.Level.class).orElse(Log.Level.DEBUG),
                Params.instant(request, "since"),
                Params.query(request, "contains"),
                0,
                Params.number(request, "limit", 1, 10_000).orElse(1_000));
    }

    private static RecordQuery recordQuery(ServerRequest request) {
        return new RecordQuery(
                Params.query(request, "function"),
                Params.number(request, "release", 1, Integer.MAX_VALUE),
                Params.choice(request, "status", InvocationRecord.Status.class),
                Params.query(request, "id"),
                Params.instant(request, "since"),
                Params.instant(request, "until"),
                Params.number(request, "limit", 1, 1_000).orElse(100));
    }

    private static Views.LogLine view(LogLine line) {
        return new Views.LogLine(
                line.time(),
                line.function(),
                line.release(),
                line.invocation(),
                line.trace(),
                line.level().name(),
                line.message());
    }

    private static Views.Invocation view(InvocationRecord record) {
        return new Views.Invocation(
                record.id(),
                record.function(),
                record.release(),
                record.alias(),
                record.trigger(),
                record.attempt(),
                record.start(),
                record.status().name().toLowerCase(Locale.ROOT),
                record.httpStatus(),
                record.code(),
                record.error(),
                record.queueNanos() / 1_000,
                record.loadNanos() / 1_000,
                record.runNanos() / 1_000,
                record.trace(),
                record.parent());
    }
}
