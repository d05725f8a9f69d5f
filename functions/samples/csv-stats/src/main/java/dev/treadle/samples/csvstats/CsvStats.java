package dev.treadle.samples.csvstats;

import dev.treadle.BadRequest;
import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;

/**
 * Reads a CSV body as it arrives and answers with the count, sum, least, greatest and mean of one
 * column for each value of another. Memory grows with the number of groups, not with the body.
 */
public final class CsvStats implements HttpFunction {
    private static final String JSON_LINES = "application/x-ndjson";

    @Override
    public Response handle(Request request, Context context) throws Exception {
        String group = required(request, "group");
        String column = required(request, "column");
        Aggregation aggregation = aggregate(request, group, column);
        context.log().info("{} rows in {} groups", aggregation.rows(), aggregation.groups());
        boolean lines = request.header("accept").orElse("").contains(JSON_LINES);
        return lines
                ? Response.stream(out -> writeLines(aggregation, context.json(), out))
                        .contentType(JSON_LINES)
                : Response.stream(out -> writeArray(aggregation, context.json(), out))
                        .contentType("application/json");
    }

    private static Aggregation aggregate(Request request, String group, String column)
            throws IOException {
        try (InputStream body = request.stream()) {
            Aggregation aggregation = new Aggregation(new CsvReader(body), group, column);
            aggregation.run();
            return aggregation;
        }
    }

    private static void writeLines(Aggregation aggregation, Json json, OutputStream out)
            throws IOException {
        for (GroupStats group : aggregation) {
            out.write(json.write(group));
            out.write('\n');
        }
    }

    private static void writeArray(Aggregation aggregation, Json json, OutputStream out)
            throws IOException {
        out.write('[');
        Iterator<GroupStats> groups = aggregation.iterator();
        while (groups.hasNext()) {
            out.write(json.write(groups.next()));
            if (groups.hasNext()) {
                out.write(',');
            }
        }
        out.write(']');
    }

    private static String required(Request request, String name) {
        return request.queryParam(name)
                .orElseThrow(
                        () ->
                                new BadRequest(
                                        "the query parameter "
                                                + name
                                                + " is missing: say"
                                                + " ?group=<column>&column=<column>"));
    }
}
