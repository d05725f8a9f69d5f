package acme.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Uses all of the context. */
public class Report implements RequestHandler<Map<String, Object>, List<String>> {
    @Override
    public List<String> handleRequest(Map<String, Object> input, Context context) {
        context.getLogger().log("plain {}\n");
        context.getLogger().log("bytes".getBytes(StandardCharsets.UTF_8));
        context.getLogger().log("bad", LogLevel.ERROR);
        return List.of(
                context.getAwsRequestId(),
                context.getFunctionName(),
                context.getFunctionVersion(),
                context.getInvokedFunctionArn(),
                context.getLogGroupName(),
                context.getLogStreamName(),
                Integer.toString(context.getRemainingTimeInMillis()),
                Boolean.toString(context.getMemoryLimitInMB() > 0),
                context.getIdentity().getIdentityId(),
                context.getClientContext().getCustom().toString(),
                context.getClientContext().getClient().getAppTitle());
    }
}
