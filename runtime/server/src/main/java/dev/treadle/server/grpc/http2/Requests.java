package dev.treadle.server.grpc.http2;

import io.grpc.Status;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2Settings;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.grpc.GrpcConfig;
import io.helidon.webserver.grpc.GrpcProtocolSelector;
import io.helidon.webserver.grpc.GrpcStatus;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector.SubProtocolHandler;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests become calls of Helidon's gRPC, and what the others are answered. Safe for
 * threads.
 */
final class Requests {
    private static final HeaderName ENCODING = HeaderNames.create("grpc-encoding");
    private static final HeaderName ACCEPTED = HeaderNames.create("grpc-accept-encoding");
    private static final Set<String> ENCODINGS = Set.of("identity", "gzip");
    private static final String GRPC = "application/grpc";

    private final Set<String> paths;
    private final GrpcProtocolSelector helidon;

    /**
     * @param paths of the methods there are
     */
    Requests(Set<String> paths, MessageLimit limit) {
        this.paths = Set.copyOf(paths);
        this.helidon =
                GrpcProtocolSelector.create(
                        GrpcConfig.builder().maxReadBufferSize(limit.bytesMax()).buildPrototype());
    }

    /** The answer to what is no call of a method that is here. */
    Optional<Http2Headers> refusal(Request request) {
        Headers headers = request.headers();
        if (!request.method().equals("POST")) {
            return Optional.of(answer(io.helidon.http.Status.METHOD_NOT_ALLOWED_405));
        }
        if (!headers.first(HeaderNames.CONTENT_TYPE).orElse("").startsWith(GRPC)) {
            return Optional.of(answer(io.helidon.http.Status.UNSUPPORTED_MEDIA_TYPE_415));
        }
        if (!paths.contains(request.path())) {
            return Optional.of(unimplemented("there is no method " + request.path()));
        }
        String encoding = headers.first(ENCODING).orElse("identity");
        return ENCODINGS.contains(encoding)
                ? Optional.empty()
                : Optional.of(unimplemented("messages encoded as '%s'".formatted(encoding)));
    }

    private static Http2Headers answer(io.helidon.http.Status status) {
        return Http2Headers.create(WritableHeaders.create()).status(status);
    }

    private static Http2Headers unimplemented(String words) {
        return failed(Status.Code.UNIMPLEMENTED, words);
    }

    /** An answer that is a failure and nothing else. */
    static Http2Headers failed(Status.Code code, String words) {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.set(HeaderNames.CONTENT_TYPE, GRPC);
        headers.set(ACCEPTED, "identity,gzip");
        headers.set(GrpcStatus.STATUS_NAME, Integer.toString(code.value()));
        headers.set(GrpcStatus.MESSAGE_NAME, StatusText.encoded(words));
        return Http2Headers.create(headers).status(io.helidon.http.Status.OK_200);
    }

    /** Begins a call. */
    SubProtocolHandler handler(ConnectionContext context, Request request, Call call) {
        WritableHeaders<?> headers = WritableHeaders.create(request.headers());
        headers.remove(ACCEPTED); // else each answer would be compressed that may be
        return helidon.subProtocol(
                        context,
                        HttpPrologue.create(
                                "HTTP/2.0", "HTTP", "2.0", Method.POST, request.path(), false),
                        Http2Headers.create(headers),
                        call.writer(),
                        call.stream(),
                        Http2Settings.create(),
                        Http2Settings.create(),
                        null, // the writer knows the windows
                        Http2StreamState.OPEN,
                        context.router())
                .subProtocol();
    }
}
