package dev.treadle.bindings.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.BindingFailed.Reason;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.ErrorResponse;
import java.io.IOException;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "503, XMinioServerNotInitialized, UNAVAILABLE",
        "503, SlowDown, UNAVAILABLE",
        "500, InternalError, UNAVAILABLE",
        "400, RequestTimeout, UNAVAILABLE",
        "403, AccessDenied, FAILED",
        "501, NotImplemented, FAILED"
    })
    void whatPassesByItselfIsUnavailable(int status, String code, Reason reason) {
        assertThat(S3Home.failure(answer(status, code)).reason()).isEqualTo(reason);
    }

    @Test
    void aLostConnectionIsUnavailable() {
        assertThat(S3Home.failure(new IllegalStateException(new IOException("reset"))).reason())
                .isEqualTo(Reason.UNAVAILABLE);
    }

    private static ErrorResponseException answer(int status, String code) {
        Response response =
                new Response.Builder()
                        .request(new Request.Builder().url("http://localhost/b/k").build())
                        .protocol(Protocol.HTTP_1_1)
                        .code(status)
                        .message("")
                        .build();
        return new ErrorResponseException(
                new ErrorResponse(code, "what it says", "b", "k", "/b/k", "1", "2"), response, "");
    }
}
