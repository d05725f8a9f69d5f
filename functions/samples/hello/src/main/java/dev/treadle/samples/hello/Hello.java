package dev.treadle.samples.hello;

import dev.treadle.Context;
import dev.treadle.FunctionContext;
import dev.treadle.HttpFunction;
import dev.treadle.Request;
import dev.treadle.Response;

/** Greets whom the path names. */
public final class Hello implements HttpFunction {
    private String greeting = "Hello";

    @Override
    public void start(FunctionContext context) {
        greeting = context.config("GREETING").orElse(greeting);
    }

    @Override
    public Response handle(Request request, Context context) {
        String name = request.pathParams().getOrDefault("name", "World");
        return Response.text(greeting + ", " + name + "!\n");
    }
}
