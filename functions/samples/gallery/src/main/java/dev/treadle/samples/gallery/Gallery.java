package dev.treadle.samples.gallery;

import dev.treadle.BadRequest;
import dev.treadle.Blobs;
import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.NotFound;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableScan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Albums of pictures. A picture is a blob; that it was put is an event, which another function
 * takes, and which leaves what it sees in the picture in a table. This one reads it there.
 */
public final class Gallery implements HttpFunction {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int PAGE = 100;

    /** What is seen in a picture; {@code score} is how sure that is, 1 at most. */
    public record Label(String picture, String shape, double score) {}

    /** A page of an album; {@code next} is what to ask for the following one, if there is one. */
    public record Album(List<Label> pictures, Optional<String> next) {}

    @Override
    public Response handle(Request request, Context context) {
        String album = name("album", request);
        if (!request.pathParams().containsKey("picture")) {
            return Response.json(album(album, request, context.table("labels")));
        }
        String picture = name("picture", request);
        return switch (request.method()) {
            case "PUT" -> put(album, picture, request, context);
            case "DELETE" -> delete(album, picture, context);
            default -> label(album, picture, context);
        };
    }

    private static String name(String what, Request request) {
        String name = request.pathParam(what);
        if (!NAME.matcher(name).matches()) {
            throw new BadRequest(
                    "the name of %s is letters, digits, ., _ and -, a letter or digit first, 100 at most"
                            .formatted(what.equals("album") ? "an album" : "a picture"));
        }
        return name;
    }

    /** What an earlier picture of this name showed is forgotten before the new one is there. */
    private static Response put(String album, String picture, Request request, Context context) {
        if (request.body().length == 0) {
            throw new BadRequest("the body is the picture, a PNG or a JPEG; it is empty");
        }
        String type = request.header("content-type").orElse("application/octet-stream");
        context.table("labels").delete(TableKey.of(album, picture));
        context.blobs("pictures")
                .put(key(album, picture), request.body(), Blobs.Attributes.of(type));
        return Response.json(Map.of("picture", picture)).withStatus(202);
    }

    private static Response label(String album, String picture, Context context) {
        Optional<TableRow> row = context.table("labels").get(TableKey.of(album, picture));
        if (row.isPresent()) {
            return Response.json(label(row.get()));
        }
        if (context.blobs("pictures").get(key(album, picture)).isEmpty()) {
            throw new NotFound("no picture '%s' in '%s'".formatted(picture, album));
        }
        return Response.json(Map.of("picture", picture)).withStatus(202).header("Retry-After", "1");
    }

    private static Album album(String album, Request request, Table labels) {
        TableScan all = TableScan.of(album).limit(PAGE);
        Table.Page page = labels.scan(request.queryParam("from").map(all::at).orElse(all));
        return new Album(page.rows().stream().map(Gallery::label).toList(), page.next());
    }

    private static Label label(TableRow row) {
        return new Label(
                row.text("picture").orElseThrow(),
                row.text("shape").orElse("unknown"),
                row.real("score").orElse(0));
    }

    private static Response delete(String album, String picture, Context context) {
        context.blobs("pictures").delete(key(album, picture));
        context.table("labels").delete(TableKey.of(album, picture));
        return Response.status(204);
    }

    private static String key(String album, String picture) {
        return album + "/" + picture;
    }
}
