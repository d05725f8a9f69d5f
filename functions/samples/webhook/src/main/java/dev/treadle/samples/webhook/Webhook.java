package dev.treadle.samples.webhook;

import dev.treadle.Context;
import dev.treadle.HttpError;
import dev.treadle.HttpFunction;
import dev.treadle.Request;
import dev.treadle.Response;

/** Takes GitHub's webhooks and turns away all whose signature is not by the shared secret. */
public final class Webhook implements HttpFunction {
    record Accepted(String event, String delivery, int bytes) {}

    @Override
    public Response handle(Request request, Context context) throws Exception {
        String secret =
                context.secret("WEBHOOK_SECRET")
                        .orElseThrow(
                                () ->
                                        new HttpError(
                                                503,
                                                "the secret WEBHOOK_SECRET is not set on this node"));
        byte[] body = request.body();
        String signature =
                request.header("X-Hub-Signature-256")
                        .orElseThrow(() -> new HttpError(401, "X-Hub-Signature-256 is missing"));
        if (!new Signature(secret).matches(body, signature)) {
            throw new HttpError(401, "X-Hub-Signature-256 does not match the body");
        }
        String event = request.header("X-GitHub-Event").orElse("unknown");
        String delivery = request.header("X-GitHub-Delivery").orElse("unknown");
        context.log().info("accepted {} {} of {} bytes", event, delivery, body.length);
        return Response.json(new Accepted(event, delivery, body.length)).withStatus(202);
    }
}
