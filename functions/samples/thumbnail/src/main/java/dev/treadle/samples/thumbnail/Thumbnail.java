package dev.treadle.samples.thumbnail;

import dev.treadle.BadRequest;
import dev.treadle.Context;
import dev.treadle.HttpError;
import dev.treadle.HttpFunction;
import dev.treadle.Request;
import dev.treadle.Response;

/** Takes a JPEG and answers with a smaller one that fits into a square of {@code size} pixels. */
public final class Thumbnail implements HttpFunction {
    private static final int SMALLEST = 16;
    private static final int LARGEST = 2048;

    @Override
    public Response handle(Request request, Context context) throws Exception {
        int size = size(request.queryParam("size").or(() -> context.config("SIZE")).orElse("128"));
        String type = request.contentType().orElse("none");
        if (!type.startsWith("image/jpeg")) {
            throw new HttpError(415, "send image/jpeg, not " + type);
        }
        byte[] small = Jpeg.shrink(request.body(), size);
        return Response.ok(small).contentType("image/jpeg");
    }

    private static int size(String text) {
        int size;
        try {
            size = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            size = 0;
        }
        if (size < SMALLEST || size > LARGEST) {
            throw new BadRequest("size is '" + text + "', not a number from 16 to 2048");
        }
        return size;
    }
}
