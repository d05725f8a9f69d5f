package acme.google;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

public class Events implements CloudEventsFunction {
    @Override
    public void accept(CloudEvent event) {
        String seen =
                String.join(
                        "|",
                        event.getSpecVersion().toString(),
                        event.getId(),
                        event.getSource().toString(),
                        event.getType(),
                        event.getSubject(),
                        Objects.toString(event.getTime()),
                        event.getDataContentType(),
                        Objects.toString(event.getExtension("site")),
                        event.getExtensionNames().toString(),
                        Objects.toString(event.getAttribute("subject")),
                        new String(event.getData().toBytes(), StandardCharsets.UTF_8));
        System.setProperty("acme.google.Events", seen);
    }
}
