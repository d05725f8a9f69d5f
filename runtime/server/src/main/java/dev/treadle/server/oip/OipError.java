package dev.treadle.server.oip;

import java.util.Collection;

/** A request that cannot be answered as it is. */
final class OipError extends RuntimeException {
    static final String NO_TOKEN = "send the token of oip.token as 'Authorization: Bearer …'";

    private static final long serialVersionUID = 1L;

    private final int status;

    OipError(int status, String message) {
        super(message);
        this.status = status;
    }

    static OipError bad(String message) {
        return new OipError(400, message);
    }

    static OipError noOutput(String name, Collection<String> outputs) {
        return bad(
                "outputs: the model has no '%s'; it has %s"
                        .formatted(name, String.join(", ", outputs)));
    }

    /** What Triton does where it has that extension, and this server does not. */
    static OipError noExtension(String list, String tensor, String parameter) {
        return bad(
                "%s: '%s' has the parameter '%s', of an extension that this server does not have; it has %s"
                        .formatted(
                                list,
                                tensor,
                                parameter,
                                String.join(", ", ServerFacts.EXTENSIONS)));
    }

    static OipError twice(String list, String tensor) {
        return bad("%s: '%s' is there twice".formatted(list, tensor));
    }

    int status() {
        return status;
    }
}
