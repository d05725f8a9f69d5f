package acme.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.List;

/** Fails each message whose body is not a number. */
public class Queue implements RequestHandler<SQSEvent, SQSBatchResponse> {
    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        List<SQSBatchResponse.BatchItemFailure> failures =
                event.getRecords().stream()
                        .filter(message -> !message.getBody().matches("[0-9]+"))
                        .map(
                                message ->
                                        new SQSBatchResponse.BatchItemFailure(
                                                message.getMessageId()))
                        .toList();
        context.getLogger().log(event.getRecords().getFirst().getEventSourceArn());
        return new SQSBatchResponse(failures);
    }
}
