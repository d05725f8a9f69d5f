package acme.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;

public class Topic implements RequestHandler<SNSEvent, String> {
    @Override
    public String handleRequest(SNSEvent event, Context context) {
        SNSEvent.SNS message = event.getRecords().getFirst().getSNS();
        return message.getSubject() + " " + message.getTimestamp().getYear();
    }
}
