package acme.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.List;
import java.util.Map;

public class RestApi
        implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
    @Override
    public APIGatewayProxyResponseEvent handleRequest(
            APIGatewayProxyRequestEvent event, Context context) {
        String body =
                String.join(
                        "|",
                        event.getHttpMethod(),
                        event.getPath(),
                        event.getPathParameters().toString(),
                        event.getQueryStringParameters().toString(),
                        event.getMultiValueQueryStringParameters().toString(),
                        event.getHeaders().get("Content-Type"),
                        event.getBody(),
                        event.getIsBase64Encoded().toString(),
                        event.getRequestContext().getRequestId(),
                        event.getRequestContext().getIdentity().getSourceIp());
        return new APIGatewayProxyResponseEvent()
                .withStatusCode(201)
                .withHeaders(Map.of("Content-Type", "text/plain", "X-One", "1"))
                .withMultiValueHeaders(Map.of("X-Two", List.of("a", "b")))
                .withBody(body);
    }
}
