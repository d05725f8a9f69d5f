package acme.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;

public class Changes implements RequestHandler<DynamodbEvent, String> {
    @Override
    public String handleRequest(DynamodbEvent event, Context context) {
        DynamodbEvent.DynamodbStreamRecord change = event.getRecords().getFirst();
        return String.join(
                " ",
                change.getEventName(),
                change.getDynamodb().getNewImage().get("id").getN(),
                change.getDynamodb().getNewImage().get("tags").getSS().toString(),
                change.getDynamodb().getApproximateCreationDateTime().toInstant().toString());
    }
}
