package dev.treadle;

/** A function that answers an HTTP request. */
@FunctionalInterface
public interface HttpFunction extends Handler {
    /**
     * Answers one request.
     *
     * @param request the request; valid until this call (and the streamed answer, if any) ends
     * @param context what the platform offers to this call
     * @return the answer
     * @throws HttpError to answer with that status
     * @throws Exception anything else becomes a 500 that names the invocation, not the cause
     */
    Response handle(Request request, Context context) throws Exception;
}
