package dev.treadle.adapters.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.adapters.Closing;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.BiFunction;

/** An HTTP request as API Gateway's event, and the proxy response as the HTTP answer. */
final class GatewayHandler implements HttpFunction {
    private final RequestHandler<Object, Object> handler;
    private final Type input;
    private final BiFunction<Request, Context, Map<String, Object>> event;

    /**
     * @param event makes the event's JSON form
     */
    GatewayHandler(
            RequestHandler<Object, Object> handler,
            Type input,
            BiFunction<Request, Context, Map<String, Object>> event) {
        this.handler = handler;
        this.input = input;
        this.event = event;
    }

    @Override
    @SuppressWarnings("NullAway") // an event is never null
    public Response handle(Request request, Context context) {
        Object typed = EventBinder.bind(event.apply(request, context), input);
        Object output = handler.handleRequest(typed, new LambdaContext(context));
        return output == null ? Response.ok() : ProxyResponse.toHttp(output, context.json());
    }

    @Override
    public void close() throws Exception {
        Closing.close(handler);
    }
}
