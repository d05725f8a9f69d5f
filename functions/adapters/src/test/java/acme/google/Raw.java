package acme.google;

import com.google.cloud.functions.Context;
import com.google.cloud.functions.RawBackgroundFunction;

public class Raw implements RawBackgroundFunction {
    @Override
    public void accept(String json, Context context) {
        String seen =
                String.join(
                        "|",
                        json,
                        context.eventId(),
                        context.eventType(),
                        context.timestamp(),
                        context.resource(),
                        context.attributes().toString());
        System.setProperty("acme.google.Raw", seen);
    }
}
