package acme.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.Map;

/** Gives back a body without a status, as payload format 2.0 allows. */
public class Bare implements RequestHandler<APIGatewayV2HTTPEvent, Map<String, String>> {
    @Override
    public Map<String, String> handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        return Map.of("path", event.getRawPath());
    }
}
