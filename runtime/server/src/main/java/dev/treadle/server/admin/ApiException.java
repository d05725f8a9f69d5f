package dev.treadle.server.admin;

import dev.treadle.trigger.ErrorCode;
import java.util.List;

/** An admin request that cannot be done. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final int status;
    private final transient List<ProblemView> problems;

    public ApiException(ErrorCode code, String message) {
        this(code, code.status(), message, List.of());
    }

    public ApiException(ErrorCode code, int status, String message, List<ProblemView> problems) {
        super(message);
        this.code = code;
        this.status = status;
        this.problems = List.copyOf(problems);
    }

    public ErrorCode code() {
        return code;
    }

    public int status() {
        return status;
    }

    public List<ProblemView> problems() {
        return problems;
    }
}
