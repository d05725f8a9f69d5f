package dev.treadle.trigger;

import java.util.Arrays;
import java.util.Optional;

/**
 * What can go wrong, and whose it is to mend. Each has a page under {@code runtime/engine/errors/}
 * by its id. Ids never change their meaning.
 */
public enum ErrorCode {
    BAD_REQUEST("TR-1001", Owner.CALLER, 400, "The request cannot be handled as it is"),
    NO_ROUTE("TR-1002", Owner.CALLER, 404, "No function has this route"),
    METHOD_NOT_ALLOWED("TR-1003", Owner.CALLER, 405, "The route does not take this method"),
    PAYLOAD_TOO_LARGE(
            "TR-1004", Owner.CALLER, 413, "The payload is larger than the function allows"),
    UNSUPPORTED_MEDIA(
            "TR-1005", Owner.CALLER, 415, "The payload's type or encoding is not understood"),
    NO_FUNCTION("TR-1006", Owner.CALLER, 404, "No such function, alias or release"),
    REJECTED("TR-1007", Owner.CALLER, 400, "The function turned the request down"),
    UNAUTHORIZED("TR-1008", Owner.CALLER, 401, "The admin API wants the node's token"),
    HEADERS_TOO_LARGE("TR-1009", Owner.CALLER, 431, "The request's headers are too large"),
    NO_STREAM("TR-1010", Owner.CALLER, 404, "No stream takes this subject"),
    NO_DEAD_LETTER("TR-1011", Owner.CALLER, 404, "No such dead letter"),
    NO_ASYNC_CALL("TR-1012", Owner.CALLER, 404, "No such asynchronous call"),
    ASYNC_NOT_DONE("TR-1013", Owner.CALLER, 409, "The asynchronous call has not ended yet"),
    ASYNC_ENDED("TR-1014", Owner.CALLER, 409, "The asynchronous call has ended already"),
    CALL_NOT_DECLARED(
            "TR-1015", Owner.CALLER, 403, "The manifest does not say that it calls this function"),
    ANSWER_MISFIT("TR-1016", Owner.CALLER, 500, "The answer is not what its caller reads it as"),
    NO_TEST_EVENT("TR-1018", Owner.CALLER, 404, "No such test event"),
    EVENTS_GONE("TR-1019", Owner.CALLER, 410, "The stream has none of these events any more"),
    NO_EVENT_TRIGGER("TR-1020", Owner.CALLER, 404, "No such trigger with a stream"),
    NO_MODEL("TR-1021", Owner.CALLER, 404, "No such model, alias or release"),
    MANIFEST_INVALID("TR-1101", Owner.CALLER, 422, "The manifest has errors"),
    ARTIFACT_INVALID("TR-1102", Owner.CALLER, 422, "The artifact cannot be deployed"),
    ROUTE_TAKEN("TR-1103", Owner.CALLER, 409, "Another function has this route"),
    IN_USE("TR-1104", Owner.CALLER, 409, "The aliases do not allow this"),
    MODEL_INVALID("TR-1105", Owner.CALLER, 422, "The model cannot be loaded"),

    FUNCTION_ERROR("TR-2001", Owner.FUNCTION, 500, "The function failed"),
    FUNCTION_TIMEOUT("TR-2002", Owner.FUNCTION, 504, "The function did not end in time"),
    START_FAILED("TR-2003", Owner.FUNCTION, 500, "The function could not be started"),
    HANDLER_MISSING("TR-2004", Owner.FUNCTION, 500, "The handler class is missing or no handler"),
    RESULT_UNWRITABLE("TR-2005", Owner.FUNCTION, 500, "The function's result cannot be sent"),
    CLASS_TOO_NEW("TR-2006", Owner.FUNCTION, 500, "The code was compiled for a newer Java"),
    RETRY_LATER("TR-2007", Owner.FUNCTION, 503, "The function asks to be tried again later"),

    FUNCTION_BUSY("TR-3001", Owner.CAPACITY, 429, "The function has all the calls it allows"),
    QUEUE_TIMEOUT(
            "TR-3002", Owner.CAPACITY, 503, "The call waited for its turn until its deadline"),
    NODE_DRAINING("TR-3003", Owner.CAPACITY, 503, "This node is stopping"),
    DEPENDENCY_DOWN(
            "TR-3004", Owner.EXTERNAL, 503, "Events wait for something the function depends on"),
    BINDING_BUSY("TR-3005", Owner.CAPACITY, 503, "A binding has all the calls it allows"),

    INTERNAL("TR-4001", Owner.PLATFORM, 500, "Treadle itself failed"),
    ARTIFACT_UNREADABLE("TR-4002", Owner.PLATFORM, 500, "The release's artifact cannot be read"),

    DEPENDENCY_FAILED("TR-5001", Owner.EXTERNAL, 502, "Something the function depends on failed"),
    NATS_UNAVAILABLE("TR-5002", Owner.EXTERNAL, 503, "NATS is off or cannot be reached"),
    CALL_LOOP("TR-5003", Owner.EXTERNAL, 508, "Functions call each other too deep"),
    BINDING_UNAVAILABLE(
            "TR-5004", Owner.EXTERNAL, 503, "What is behind a binding cannot be reached"),
    BINDING_FAILED("TR-5005", Owner.EXTERNAL, 502, "What is behind a binding failed");

    private final String id;
    private final Owner owner;
    private final int status;
    private final String title;

    ErrorCode(String id, Owner owner, int status, String title) {
        this.id = id;
        this.owner = owner;
        this.status = status;
        this.title = title;
    }

    /** Who can mend it. */
    public enum Owner {
        CALLER,
        FUNCTION,
        CAPACITY,
        PLATFORM,
        EXTERNAL
    }

    /** The code with this id. */
    public static Optional<ErrorCode> of(String id) {
        return Arrays.stream(values()).filter(code -> code.id.equals(id)).findFirst();
    }

    /** E.g. {@code TR-2001}. */
    public String id() {
        return id;
    }

    public Owner owner() {
        return owner;
    }

    /** The usual HTTP status. */
    public int status() {
        return status;
    }

    /** One line, the same each time. */
    public String title() {
        return title;
    }
}
