package dev.treadle.server.admin;

import dev.treadle.PublishFailed;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.nats.NatsPublisher;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /v1/events}: publishes. */
final class EventsPart implements AdminServer.Part {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final NatsPublisher publisher;

    EventsPart(NatsPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.post(
                "/v1/events",
                (request, response) -> json.send(response, 200, publish(request, json)));
    }

    private EventViews.Published publish(ServerRequest request, AdminJson json) {
        EventViews.Publish wanted = json.read(request, EventViews.Publish.class);
        String subject =
                wanted.subject()
                        .orElseThrow(
                                () ->
                                        new ApiException(
                                                ErrorCode.BAD_REQUEST, "the body needs 'subject'"));
        Map<String, String> headers = new LinkedHashMap<>(wanted.headers().orElse(Map.of()));
        wanted.id().ifPresent(id -> headers.put("Nats-Msg-Id", id));
        try {
            NatsPublisher.Stored stored =
                    publisher.publish(subject, headers, data(wanted), PATIENCE);
            return new EventViews.Published(stored.stream(), stored.sequence(), stored.duplicate());
        } catch (NatsPublisher.BadSubject | IllegalArgumentException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (NatsPublisher.NoStream e) {
            throw new ApiException(ErrorCode.NO_STREAM, String.valueOf(e.getMessage()));
        } catch (NatsPublisher.NoNats e) {
            throw new ApiException(ErrorCode.NATS_UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (PublishFailed e) {
            throw new ApiException(ErrorCode.DEPENDENCY_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] data(EventViews.Publish wanted) {
        if (wanted.data().isPresent() && wanted.dataBase64().isPresent()) {
            throw new ApiException(
                    ErrorCode.BAD_REQUEST, "the body has both 'data' and 'dataBase64'");
        }
        return wanted.dataBase64()
                .map(Base64.getDecoder()::decode)
                .orElseGet(() -> wanted.data().orElse("").getBytes(StandardCharsets.UTF_8));
    }
}
