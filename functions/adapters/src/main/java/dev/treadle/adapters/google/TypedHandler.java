package dev.treadle.adapters.google;

import com.google.cloud.functions.TypedFunction;
import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.adapters.Closing;
import dev.treadle.adapters.Payloads;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Google's typed function: JSON in and out unless it brings a wire format of its own. */
final class TypedHandler implements HttpFunction {
    private final TypedFunction<Object, Object> handler;
    private final Type input;

    TypedHandler(TypedFunction<Object, Object> handler, Type input) {
        this.handler = handler;
        this.input = input;
    }

    @Override
    @SuppressWarnings("NullAway") // a function of Void takes null
    public Response handle(Request request, Context context) throws Exception {
        TypedFunction.@Nullable WireFormat format = handler.getWireFormat();
        if (format == null) {
            Object output = handler.apply(Payloads.read(request.body(), input, context.json()));
            return output == null ? Response.status(204) : Response.json(output);
        }
        Object output = handler.apply(format.deserialize(new RequestView(request), input));
        CollectedResponse response = new CollectedResponse();
        format.serialize(output, response);
        return response.toResponse();
    }

    @Override
    public void close() throws Exception {
        Closing.close(handler);
    }
}
