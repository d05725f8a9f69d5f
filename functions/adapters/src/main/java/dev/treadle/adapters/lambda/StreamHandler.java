package dev.treadle.adapters.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.adapters.Closing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes in, bytes out: the body of the request and of the answer. */
final class StreamHandler implements HttpFunction {
    private final RequestStreamHandler handler;

    StreamHandler(RequestStreamHandler handler) {
        this.handler = handler;
    }

    @Override
    public Response handle(Request request, Context context) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = request.stream()) {
            handler.handleRequest(in, out, new LambdaContext(context));
        }
        return Response.ok(out.toByteArray()).contentType("application/json");
    }

    @Override
    public void close() throws Exception {
        Closing.close(handler);
    }
}
