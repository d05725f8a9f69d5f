package acme.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import java.nio.charset.StandardCharsets;

public class Stream implements RequestHandler<KinesisEvent, String> {
    @Override
    public String handleRequest(KinesisEvent event, Context context) {
        KinesisEvent.Record record = event.getRecords().getFirst().getKinesis();
        return record.getPartitionKey() + " " + StandardCharsets.UTF_8.decode(record.getData());
    }
}
