package acme.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.List;
import java.util.Map;

/** Answers with the body it got, and with what it saw in a header. */
public class HttpApi implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        String seen =
                String.join(
                        "|",
                        event.getRequestContext().getHttp().getMethod(),
                        event.getRawPath(),
                        event.getRawQueryString(),
                        event.getQueryStringParameters().toString(),
                        event.getCookies().toString(),
                        event.getHeaders().get("content-type"),
                        Boolean.toString(event.getIsBase64Encoded()));
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(200)
                .withHeaders(Map.of("content-type", "image/png", "x-seen", seen))
                .withCookies(List.of("a=1", "b=2"))
                .withBody(event.getBody())
                .withIsBase64Encoded(event.getIsBase64Encoded())
                .build();
    }
}
