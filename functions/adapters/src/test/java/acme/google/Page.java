package acme.google;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;
import java.util.stream.Collectors;

public class Page implements HttpFunction, AutoCloseable {
    @Override
    public void service(HttpRequest request, HttpResponse response) throws IOException {
        response.setStatusCode(202);
        response.setContentType("text/plain; charset=utf-8");
        response.appendHeader("X-Two", "a");
        response.appendHeader("X-Two", "b");
        response.getWriter()
                .write(
                        String.join(
                                "|",
                                request.getMethod(),
                                request.getUri(),
                                request.getPath(),
                                request.getQuery().orElse("none"),
                                request.getFirstQueryParameter("q").orElse("none"),
                                request.getFirstHeader("Content-Type").orElse("none"),
                                request.getCharacterEncoding().orElse("none"),
                                request.getReader().lines().collect(Collectors.joining())));
    }

    @Override
    public void close() {
        System.setProperty("acme.google.Page", "closed");
    }
}
