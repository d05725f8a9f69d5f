package dev.treadle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.BadRequest;
import dev.treadle.CallFailed;
import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import dev.treadle.HttpCall;
import dev.treadle.HttpFunction;
import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.RetryAfter;
import dev.treadle.TypedFunction;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Functions under test that call others. */
class CallsTest {
    record Order(String item, int count) {}

    record Quote(int cents) {}

    /** Asks for a price and passes it on. */
    static final class Shop implements HttpFunction {
        @Override
        public Response handle(Request request, Context context) {
            Quote quote = context.call("price", new Order("loom", 3), Quote.class);
            return Response.json(quote);
        }
    }

    /** Asks for a price and says why there is none. */
    static final class Careful implements HttpFunction {
        @Override
        public Response handle(Request request, Context context) {
            try {
                return Response.json(context.call("price", new Order("loom", 3), Quote.class));
            } catch (CallFailed e) {
                return Response.text(
                        "%s %s %d %s %s"
                                .formatted(
                                        e.code(),
                                        e.owner(),
                                        e.status(),
                                        e.permanent(),
                                        e.detail()));
            }
        }
    }

    static final class Price implements TypedFunction<Order, Quote> {
        @Override
        public Quote handle(Order order, Context context) {
            context.log().info("{} by {}", order.item(), context.invocation().trigger());
            context.publish("priced", context.event("priced").build());
            return new Quote(order.count() * 250);
        }
    }

    @Test
    void lambdaStandsForTheCalledFunction() {
        try (TestFunction shop =
                TestFunction.of(new Shop())
                        .calls(
                                "price",
                                Order.class,
                                (order, context) -> new Quote(order.count() * 100))) {
            assertThat(shop.get("/").text()).isEqualTo("{\"cents\":300}");
        }
    }

    @Test
    void otherFunctionUnderTestIsCalledWithItsOwnSettings() {
        TestFunction price = TestFunction.of(new Price()).name("price");
        try (price;
                TestFunction shop =
                        TestFunction.of(new Shop()).name("shop").calls("price", price)) {
            TestResponse response = shop.get("/");

            assertThat(response.text()).isEqualTo("{\"cents\":750}");
            assertThat(price.log().messages()).containsExactly("loom by call");
            assertThat(price.published())
                    .extracting(Published::messageId)
                    .containsExactly("price:%s/shop.1:1".formatted(response.invocation()));
        }
    }

    @Test
    void functionThatIsNotNamedCannotBeCalled() {
        try (TestFunction shop = TestFunction.of(new Careful()).name("shop")) {
            assertThat(shop.get("/").text())
                    .isEqualTo(
                            "TR-1015 CALLER 403 true shop may not call price: list it under `calls` in function.yaml; in a test, say calls(\"price\", …)");
        }
    }

    @Test
    void whatTheOtherThrowsIsWhatANodeMakesOfIt() {
        assertThat(careful(new BadRequest("no item"))).isEqualTo("TR-1001 CALLER 400 true no item");
        assertThat(careful(new IllegalStateException("secret")))
                .isEqualTo(
                        "TR-2001 FUNCTION 500 false The function failed; its log has the details under this invocation's id");
        assertThat(careful(busy())).isEqualTo("TR-3001 CAPACITY 429 false price is busy");
    }

    private static CallFailed busy() {
        return new CallFailed(
                "price",
                "TR-3001",
                CallFailed.Owner.CAPACITY,
                429,
                "price is busy",
                false,
                Duration.ofSeconds(1));
    }

    private static String careful(RuntimeException thrown) {
        try (TestFunction shop =
                TestFunction.of(new Careful())
                        .calls("price", Order.class, (order, context) -> fail(thrown))) {
            return shop.get("/").text();
        }
    }

    private static Quote fail(RuntimeException thrown) {
        throw thrown;
    }

    @Test
    void uncaughtFailureIsTheAnswerThatANodeGives() {
        try (TestFunction shop =
                TestFunction.of(new Shop())
                        .calls(
                                "price",
                                Order.class,
                                (order, context) -> fail(new RetryAfter(Duration.ofSeconds(7))))) {
            TestResponse response = shop.get("/");

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("Retry-After")).contains("7");
            assertThat(response.json(Map.class)).containsEntry("code", "TR-2007");
        }
    }

    @Test
    void eventIsBuriedOrTriedAgainAsTheCallSays() {
        EventFunction onOrder =
                (event, context) -> context.call("price", event.text(), String.class);
        try (TestFunction busy =
                        TestFunction.of(onOrder)
                                .calls("price", String.class, (text, context) -> raise(busy()));
                TestFunction wrong =
                        TestFunction.of(onOrder)
                                .calls(
                                        "price",
                                        String.class,
                                        (text, context) -> raise(new BadRequest("no")))) {
            Event event = busy.newEvent("order").text("x").build();

            assertThat(busy.event(event))
                    .isInstanceOfSatisfying(
                            EventResult.Retry.class,
                            retry -> assertThat(retry.pause()).isEqualTo(Duration.ofSeconds(1)));
            assertThat(wrong.event(event)).isInstanceOf(EventResult.DeadLetter.class);
        }
    }

    private static String raise(RuntimeException thrown) {
        throw thrown;
    }

    @Test
    void eachKindOfFunctionGetsWhatItTakes() {
        HttpFunction books =
                (request, context) ->
                        Response.text(
                                "%s %s %s %s"
                                        .formatted(
                                                request.method(),
                                                request.pathParams(),
                                                request.queryParam("q").orElse("-"),
                                                request.text()));
        EventFunction audit =
                (event, context) ->
                        context.log().info("{} {} {}", event.type(), event.source(), event.text());
        HttpFunction all =
                (request, context) -> {
                    context.call("audit", Map.of("a", 1));
                    context.call("audit", context.event("made").text("b").build());
                    return Response.text(
                            context.call("books", "body").text()
                                    + "\n"
                                    + context.call("books", HttpCall.of("GET", "/books/7?q=x"))
                                            .text());
                };
        try (TestFunction auditing = TestFunction.of(audit);
                TestFunction caller =
                        TestFunction.of(all)
                                .name("all")
                                .calls("audit", auditing)
                                .calls("books", TestFunction.of(books).route("/books/{id}"))) {
            assertThat(caller.get("/").text()).isEqualTo("POST {} - body\nGET {id=7} x ");
            assertThat(auditing.log().messages())
                    .containsExactly("dev.treadle.call /all {\"a\":1}", "made /all b");
        }
    }

    @Test
    void functionThatCallsItselfEndsAtSixteen() {
        HttpFunction endless =
                (request, context) -> Response.text(context.call("me", "", String.class));
        TestFunction me = TestFunction.of(endless).name("me");
        try (TestFunction itself = me.calls("me", me)) {
            TestResponse response = itself.get("/");

            assertThat(response.status()).isEqualTo(508);
            assertThat(response.json(Map.class)).containsEntry("code", "TR-5003");
        }
    }
}
