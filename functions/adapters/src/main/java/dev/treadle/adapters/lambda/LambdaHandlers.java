package dev.treadle.adapters.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.treadle.Handler;
import dev.treadle.adapters.TypeArguments;
import java.lang.reflect.Type;

/** Makes the adapters for AWS Lambda's interfaces. */
public final class LambdaHandlers {

    private LambdaHandlers() {}

    /**
     * @param handler a {@code RequestStreamHandler}
     */
    public static Handler stream(Object handler) {
        return new StreamHandler((RequestStreamHandler) handler);
    }

    /**
     * By what it takes: an API Gateway event is made from the HTTP request, anything else is the
     * request's body.
     *
     * @param handler a {@code RequestHandler}
     */
    @SuppressWarnings("unchecked") // it is called with what its class declares
    public static Handler request(Object handler) {
        RequestHandler<Object, Object> any = (RequestHandler<Object, Object>) handler;
        Type input = TypeArguments.of(handler.getClass(), RequestHandler.class).getFirst();
        return switch (input.getTypeName()) {
            case EventBinder.EVENTS + "APIGatewayProxyRequestEvent" ->
                    new GatewayHandler(any, input, RestEvent::from);
            case EventBinder.EVENTS + "APIGatewayV2HTTPEvent" ->
                    new GatewayHandler(any, input, HttpApiEvent::from);
            default -> new PayloadHandler(any, input);
        };
    }
}
