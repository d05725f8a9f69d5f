package acme.google;

import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import com.google.cloud.functions.TypedFunction;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Locale;

/** With a wire format of its own. */
public class Shout implements TypedFunction<String, String> {
    @Override
    public String apply(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    @Override
    public WireFormat getWireFormat() {
        return new WireFormat() {
            @Override
            public void serialize(Object value, HttpResponse response) throws IOException {
                response.setContentType("text/shout");
                response.getWriter().write(value + "!");
            }

            @Override
            public Object deserialize(HttpRequest request, Type type) throws IOException {
                return request.getReader().readLine() + " (" + type.getTypeName() + ")";
            }
        };
    }
}
