package dev.treadle.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class GrpcCodesTest {
    @Test
    void aConnectionThatEndsAsACallBeginsIsAServerThatCannotBeReached() {
        Status lost = Status.UNKNOWN.withCause(new ClosedChannelException());
        assertThat(GrpcCodes.of(lost)).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void whatTheServerSaysItselfStays() {
        assertThat(GrpcCodes.of(Status.UNKNOWN)).isEqualTo(Status.Code.UNKNOWN);
        assertThat(GrpcCodes.of(Status.NOT_FOUND)).isEqualTo(Status.Code.NOT_FOUND);
    }
}
