package dev.treadle.adapters.google;

import com.google.cloud.functions.HttpFunction;
import dev.treadle.Context;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.adapters.Closing;

/** Google's HTTP function. Its answer is collected in memory, then sent. */
final class HttpHandler implements dev.treadle.HttpFunction {
    private final HttpFunction handler;

    HttpHandler(HttpFunction handler) {
        this.handler = handler;
    }

    @Override
    public Response handle(Request request, Context context) throws Exception {
        CollectedResponse response = new CollectedResponse();
        handler.service(new RequestView(request), response);
        return response.toResponse();
    }

    @Override
    public void close() throws Exception {
        Closing.close(handler);
    }
}
