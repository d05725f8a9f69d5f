package dev.treadle.adapters.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.adapters.Closing;
import dev.treadle.adapters.Payloads;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON in, JSON out: an SQS or SNS event, a map, a class of the function's own. */
final class PayloadHandler implements HttpFunction {
    private final RequestHandler<Object, Object> handler;
    private final Type input;

    PayloadHandler(RequestHandler<Object, Object> handler, Type input) {
        this.handler = handler;
        this.input = input;
    }

    @Override
    @SuppressWarnings("NullAway") // a handler of Void takes null
    public Response handle(Request request, Context context) {
        Object payload = read(request.body(), context.json());
        Object output = handler.handleRequest(payload, new LambdaContext(context));
        return output == null ? Response.status(204) : Response.json(output);
    }

    /** Lambda sends text as a JSON string; text that is none is taken as it is. */
    private @Nullable Object read(byte[] body, Json json) {
        if (input == String.class && isQuoted(new String(body, StandardCharsets.UTF_8).strip())) {
            return json.read(body, String.class);
        }
        if (EventBinder.binds(input)) {
            return EventBinder.bind(json.read(body, Object.class), input);
        }
        return Payloads.read(body, input, json);
    }

    private static boolean isQuoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    }

    @Override
    public void close() throws Exception {
        Closing.close(handler);
    }
}
