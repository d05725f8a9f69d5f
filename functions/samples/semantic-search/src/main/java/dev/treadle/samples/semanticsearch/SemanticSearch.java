package dev.treadle.samples.semanticsearch;

import dev.treadle.BadRequest;
import dev.treadle.Blobs;
import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.NotFound;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.SearchFilter;
import dev.treadle.VectorMatch;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import dev.treadle.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps texts and finds their passages by what they mean and by their words: the original as a
 * blob, each passage with the vector that a model makes of it.
 */
public final class SemanticSearch implements HttpFunction {
    private static final Pattern DOCUMENT = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final int LIMIT_MAX = 20;

    /** What a put answers. */
    public record Kept(String document, int passages) {}

    /** What a search answers, the best first. */
    public record Found(List<Hit> hits) {}

    /** A passage that was found; {@code number} counts those of its document from 0. */
    public record Hit(String document, int number, String text, double score) {}

    @Override
    public Response handle(Request request, Context context) {
        if (!request.pathParams().containsKey("document")) {
            return Response.json(new Found(search(request, context)));
        }
        String document = request.pathParam("document");
        if (!DOCUMENT.matcher(document).matches()) {
            throw new BadRequest("a document's name is letters, digits, _ and -, 100 at most");
        }
        return switch (request.method()) {
            case "PUT" -> Response.json(keep(document, request, context));
            case "DELETE" -> delete(document, context);
            default -> original(document, context);
        };
    }

    private static Kept keep(String document, Request request, Context context) {
        List<String> passages = Passages.of(request.text());
        List<float[]> vectors = new Embedding(context.model("embedding")).of(passages);
        List<VectorPoint> points = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            points.add(
                    VectorPoint.of(document + "/" + i, vectors.get(i))
                            .text("text", passages.get(i))
                            .keywords("document", document)
                            .number("number", i));
        }
        context.blobs("originals")
                .put(document, request.body(), Blobs.Attributes.of("text/plain; charset=utf-8"));
        Vectors index = context.vectors("passages");
        index.put(points);
        index.delete(SearchFilter.and(in(document), SearchFilter.atLeast("number", points.size())));
        return new Kept(document, points.size());
    }

    private static List<Hit> search(Request request, Context context) {
        String text = request.queryParam("q").orElse("");
        if (Words.of(text).isEmpty() || text.length() > 1000) {
            throw new BadRequest("q has the words to look for, 1000 characters at most");
        }
        float[] vector = new Embedding(context.model("embedding")).of(List.of(text)).getFirst();
        VectorQuery query =
                VectorQuery.near(vector).text(Words.telling(text)).limit(limit(request)).asFresh();
        VectorQuery within =
                request.queryParam("document").map(name -> query.where(in(name))).orElse(query);
        return context.vectors("passages").find(within).stream().map(SemanticSearch::hit).toList();
    }

    private static int limit(Request request) {
        String limit = request.queryParam("limit").orElse("5");
        if (!limit.matches("[1-9]|1[0-9]|" + LIMIT_MAX)) {
            throw new BadRequest("limit is 1 to %d, not '%s'".formatted(LIMIT_MAX, limit));
        }
        return Integer.parseInt(limit);
    }

    private static Hit hit(VectorMatch match) {
        String id = match.id();
        int slash = id.indexOf('/');
        return new Hit(
                id.substring(0, slash),
                Integer.parseInt(id.substring(slash + 1)),
                match.point().text("text").orElse(""),
                match.score());
    }

    private static Response delete(String document, Context context) {
        context.vectors("passages").delete(in(document));
        context.blobs("originals").delete(document);
        return Response.status(204);
    }

    private static Response original(String document, Context context) {
        Blobs.Blob original =
                context.blobs("originals")
                        .get(document)
                        .orElseThrow(() -> new NotFound("no document '%s'".formatted(document)));
        return Response.text(new String(original.bytes(), StandardCharsets.UTF_8));
    }

    private static SearchFilter in(String document) {
        return SearchFilter.is("document", document);
    }
}
