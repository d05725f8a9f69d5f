package dev.treadle.server.admin;

import dev.treadle.registry.RegistryException;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.http.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Turns what goes wrong into problem documents (RFC 9457). */
final class Problems {
    private Problems() {}

    /** The members of the document; {@code status} is one of them. */
    static Map<String, Object> of(ApiException failure) {
        Map<String, Object> members = of(failure.code(), failure.status(), text(failure));
        if (!failure.problems().isEmpty()) {
            members.put("problems", failure.problems());
        }
        return members;
    }

    static Map<String, Object> of(RegistryException failure) {
        return of(
                switch (failure.reason()) {
                    case UNKNOWN_FUNCTION, UNKNOWN_RELEASE, UNKNOWN_ALIAS -> ErrorCode.NO_FUNCTION;
                    case UNKNOWN_MODEL -> ErrorCode.NO_MODEL;
                    case UNKNOWN_ARTIFACT, DIGEST_MISMATCH -> ErrorCode.ARTIFACT_INVALID;
                    case ILLEGAL_ALIAS -> ErrorCode.MANIFEST_INVALID;
                    case IN_USE -> ErrorCode.IN_USE;
                },
                text(failure));
    }

    static Map<String, Object> of(ErrorCode code, String detail) {
        return of(code, code.status(), detail);
    }

    private static Map<String, Object> of(ErrorCode code, int status, String detail) {
        return new LinkedHashMap<>(new Problem(code, status, detail, Optional.empty()).members());
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
