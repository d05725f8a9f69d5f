package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.treadle.Response;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.AsyncCall.State;
import dev.treadle.trigger.AsyncCalls;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsyncTriggerTest {
    @TempDir Path folder;
    private RealServer server;
    private final List<AsyncNode> nodes = new ArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);

    @BeforeEach
    void startServer() throws Exception {
        server = RealServer.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        open.countDown();
        for (AsyncNode node : nodes) {
            node.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private AsyncNode node(Function<InvocationRequest, Outcome> function) throws Exception {
        AsyncNode node = new AsyncNode(server, function);
        nodes.add(node);
        return node;
    }

    private static Outcome answer(String text) {
        return new Outcome.Succeeded(
                Response.text(text)
                        .withStatus(201)
                        .header("ETag", "1")
                        .body(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(AsyncCall call) {
        return new String(
                CallRecordBytes.body(call.result().orElseThrow()), StandardCharsets.UTF_8);
    }

    @Test
    void aStoredRequestRunsAndItsResultIsKept() throws Exception {
        AsyncNode node = node(request -> answer("got " + AsyncNode.body(request)));

        String id = node.store("it");

        Eventually.holds(() -> node.state(id) == State.SUCCEEDED);
        AsyncCall call = node.call(id);
        assertThat(text(call)).isEqualTo("got it");
        assertThat(call.result().orElseThrow().status()).isEqualTo(201);
        assertThat(call.result().orElseThrow().headers())
                .contains(new Response.Header("ETag", "1"));
        assertThat(call.attempts()).isEqualTo(1);
        assertThat(call.expires()).contains(AsyncNode.NOW.plus(Duration.ofHours(1)));
        InvocationRequest run = node.node.requests.getFirst();
        assertThat(run.id()).isEqualTo(id);
        assertThat(run.trigger()).isEqualTo("async");
        assertThat(run.lineage().origin()).isEqualTo(id);
        assertThat(run.lineage().release()).hasValue(1);
    }

    @Test
    void whatRunsIsTriedAgainElsewhereWhenItsNodeDies() throws Exception {
        AsyncNode first = node(_ -> waitForGate());
        String id = first.store("it");
        Eventually.holds(() -> first.node.inside.get() == 1);
        AsyncNode second = node(_ -> answer("second"));

        first.kill();

        Eventually.holds(() -> second.state(id) == State.SUCCEEDED);
        assertThat(text(second.call(id))).isEqualTo("second");
        assertThat(second.call(id).attempts()).isEqualTo(2);
    }

    @Test
    void aRequestOutlivesTheNodeThatTookItIn() throws Exception {
        AsyncNode busy =
                node(
                        _ ->
                                new Outcome.Refused(
                                        ErrorCode.FUNCTION_BUSY, "busy", Duration.ofMillis(300)));
        String id = busy.store("it");
        Eventually.holds(() -> !busy.node.requests.isEmpty());
        busy.kill();

        AsyncNode later = node(_ -> answer("later"));

        Eventually.holds(() -> later.state(id) == State.SUCCEEDED);
        assertThat(later.call(id).attempts()).isLessThanOrEqualTo(2);
    }

    @Test
    void aFailedAttemptIsFollowedByAnotherOnTheSameRelease() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        AsyncNode node = node(_ -> failed.getAndSet(true) ? answer("at last") : TestNode.failed());
        node.node.liveRelease = 4;

        String id = node.store("it");
        Eventually.holds(() -> !node.node.requests.isEmpty());
        node.node.liveRelease = 5;

        Eventually.holds(() -> node.state(id) == State.SUCCEEDED);
        assertThat(node.call(id).attempts()).isEqualTo(2);
        assertThat(node.call(id).failure()).isEmpty();
        assertThat(node.node.requests)
                .allSatisfy(run -> assertThat(run.lineage().release()).hasValue(4));
    }

    @Test
    void aCallWhoseAttemptsAreUsedUpFailsAndIsADeadLetter() throws Exception {
        AsyncNode node = node(_ -> TestNode.failed());

        String id = node.store("it");

        Eventually.holds(() -> node.state(id) == State.FAILED);
        assertThat(node.call(id).attempts()).isEqualTo(3);
        assertThat(node.call(id).failure())
                .contains(
                        new AsyncCall.Failure(
                                ErrorCode.FUNCTION_ERROR, 500, "The function failed"));
        List<DeadLetter.Stored> letters = letters(node);
        assertThat(letters).hasSize(1);
        assertThat(letters.getFirst().letter().trigger()).isEqualTo("async");
        assertThat(letters.getFirst().letter().reason()).isEqualTo(DeadLetter.Reason.EXHAUSTED);
        assertThat(
                        StoredRequests.read(
                                        node.node
                                                .ledger
                                                .deadLetters()
                                                .original(letters.getFirst().letter()))
                                .id())
                .isEqualTo(id);
    }

    @Test
    void whatTheCallerDidWrongIsNoDeadLetter() throws Exception {
        AsyncNode node =
                node(
                        _ ->
                                new Outcome.Failed(
                                        ErrorCode.REJECTED,
                                        404,
                                        "no such thing",
                                        true,
                                        Duration.ZERO));

        String id = node.store("it");

        Eventually.holds(() -> node.state(id) == State.FAILED);
        assertThat(node.call(id).attempts()).isEqualTo(1);
        assertThat(node.call(id).failure().orElseThrow().status()).isEqualTo(404);
        assertThat(letters(node)).isEmpty();
    }

    @Test
    void aCallThatWaitsIsCancelledAndNeverRuns() throws Exception {
        AsyncNode node = node(_ -> waitForGate());
        node.store("first");
        node.store("second");
        Eventually.holds(() -> node.node.inside.get() == 2);
        String waiting = node.store("third");
        assertThat(node.state(waiting)).isEqualTo(State.QUEUED);

        AsyncCall cancelled = node.calls.cancel(waiting).orElseThrow();

        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        String last = node.store("last");
        open.countDown();
        Eventually.holds(() -> node.state(last) == State.SUCCEEDED);
        assertThat(node.bodies()).containsExactlyInAnyOrder("first", "second", "last");
        assertThat(node.state(waiting)).isEqualTo(State.CANCELLED);
    }

    @Test
    void aCallThatRunsIsInterruptedFromAnyNode() throws Exception {
        AsyncNode first = node(_ -> waitForGate());
        String id = first.store("it");
        Eventually.holds(() -> first.node.inside.get() == 1);
        AsyncNode other = node(_ -> answer("other"));

        assertThat(other.calls.cancel(id).orElseThrow().state()).isEqualTo(State.CANCELLED);

        Eventually.holds(() -> first.node.inside.get() == 0);
        assertThat(first.state(id)).isEqualTo(State.CANCELLED);
        assertThat(letters(first)).isEmpty();
    }

    @Test
    void whatHasEndedStaysAsItIs() throws Exception {
        AsyncNode node = node(_ -> answer("done"));
        String id = node.store("it");
        Eventually.holds(() -> node.state(id) == State.SUCCEEDED);

        assertThat(node.calls.cancel(id).orElseThrow().state()).isEqualTo(State.SUCCEEDED);
        assertThat(node.calls.cancel(node.calls.newId())).isEmpty();
        assertThat(node.calls.find("../*")).isEmpty();
    }

    @Test
    void aResultThatIsTooLargeIsTheFunctionsFault() throws Exception {
        AsyncNode node = node(_ -> new Outcome.Succeeded(Response.ok(new byte[1 << 20])));

        String id = node.store("it");

        Eventually.holds(() -> node.state(id) == State.FAILED);
        AsyncCall.Failure failure = node.call(id).failure().orElseThrow();
        assertThat(failure.code()).isEqualTo(ErrorCode.RESULT_UNWRITABLE);
        assertThat(failure.message()).startsWith("the result has more than 1015808 bytes");
        assertThat(node.call(id).attempts()).isEqualTo(1);
    }

    @Test
    void aStreamedAnswerIsCollected() throws Exception {
        AsyncNode node =
                node(
                        _ ->
                                new Outcome.Streaming(
                                        Response.ok().contentType("text/plain"), new Pieces()));

        String id = node.store("it");

        Eventually.holds(() -> node.state(id) == State.SUCCEEDED);
        assertThat(text(node.call(id))).isEqualTo("piece by piece");
    }

    private static final class Pieces implements Outcome.Stream {
        @Override
        public Outcome writeTo(OutputStream out) {
            try {
                out.write("piece ".getBytes(StandardCharsets.UTF_8));
                out.write("by piece".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return new Outcome.Succeeded(Response.ok());
        }

        @Override
        public void close() {}
    }

    @Test
    void aResultIsForgottenWhenItsTimeIsUp() throws Exception {
        AsyncNode node = node(_ -> answer("done"));
        String id = node.store("it");
        Eventually.holds(() -> node.state(id) == State.SUCCEEDED);

        node.now.set(AsyncNode.NOW.plus(Duration.ofMinutes(61)));

        assertThat(node.calls.find(id)).isEmpty();
    }

    @Test
    void requestsOfAFunctionThatIsGoneGoToo() throws Exception {
        AsyncNode node =
                node(
                        _ ->
                                new Outcome.Refused(
                                        ErrorCode.FUNCTION_BUSY, "busy", Duration.ofHours(1)));
        String id = node.store("it");
        Eventually.holds(() -> !node.node.requests.isEmpty());
        Eventually.holds(() -> node.state(id) == State.QUEUED);
        node.functions.clear();

        node.trigger.changed("f");

        Eventually.holds(() -> consumers(node).isEmpty());
        assertThat(CallStream.open(node.node.connection).find(id)).isEmpty();
        assertThatExceptionOfType(AsyncCalls.Rejected.class)
                .isThrownBy(() -> node.calls.admit(Target.live("f"), Optional.empty()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_FUNCTION));
    }

    @Test
    void withoutNatsNothingIsTakenIn() throws Exception {
        AsyncNode node = node(_ -> answer("done"));
        assertThat(node.calls.admit(Target.live("f"), Optional.empty()).bytesMax())
                .isEqualTo(1015808);
        server.kill();
        Eventually.holds(() -> node.node.session.connected().isEmpty());

        assertThatExceptionOfType(AsyncCalls.Rejected.class)
                .isThrownBy(() -> node.calls.admit(Target.live("f"), Optional.empty()))
                .withMessage(
                        "an asynchronous call needs NATS, which is not available: no connection")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NATS_UNAVAILABLE));
        assertThatExceptionOfType(AsyncCalls.Rejected.class).isThrownBy(() -> node.store("it"));
    }

    private static Set<String> consumers(AsyncNode node) {
        try {
            return CallStream.functions(node.node.connection);
        } catch (IOException | JetStreamApiException e) {
            throw new AssertionError(e);
        }
    }

    private Outcome waitForGate() {
        try {
            open.await();
            return answer("waited");
        } catch (InterruptedException e) {
            return TestNode.failed(false, Duration.ZERO);
        }
    }

    private static List<DeadLetter.Stored> letters(AsyncNode node) {
        List<DeadLetter.Stored> letters = new ArrayList<>();
        node.node.ledger.deadLetters().scan("f", letters::add);
        return letters;
    }
}
