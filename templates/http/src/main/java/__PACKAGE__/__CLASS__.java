package __PACKAGE__;

import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.Request;
import dev.treadle.Response;

/** Greets whom the path names. */
public final class __CLASS__ implements HttpFunction {
    @Override
    public Response handle(Request request, Context context) {
        String greeting = context.config("GREETING").orElse("Hello");
        String name = request.pathParams().getOrDefault("name", "World");
        context.log().info("greeting {}", name);
        return Response.text(greeting + ", " + name + "!\n");
    }
}
