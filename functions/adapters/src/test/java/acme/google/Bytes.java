package acme.google;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/** Copies the body; asks for parts when told to. */
public class Bytes implements HttpFunction {
    @Override
    public void service(HttpRequest request, HttpResponse response) throws IOException {
        if (request.getFirstQueryParameter("parts").isPresent()) {
            request.getParts();
        }
        request.getInputStream().transferTo(response.getOutputStream());
    }
}
