package __PACKAGE__;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.treadle.Event;
import dev.treadle.testing.EventResult;
import dev.treadle.testing.TestFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

class __CLASS__Test {
    private final TestFunction function = TestFunction.of(new __CLASS__());

    @Test
    void acceptedOrderIsLogged() {
        Event event =
                function.newEvent("order.accepted")
                        .id("o-17")
                        .source("/shop")
                        .json(new __CLASS__.Order("Ada", 3))
                        .build();

        assertEquals(new EventResult.Done(), function.event(event));
        assertEquals(List.of("order o-17 of Ada: 3"), function.log().messages());
    }

    @Test
    void anotherTypeIsNotTriedAgain() {
        Event event = function.newEvent("order.lost").build();

        assertInstanceOf(EventResult.DeadLetter.class, function.event(event));
    }

    @Test
    void dataThatDoesNotFitIsNotTriedAgain() {
        Event event = function.newEvent("order.accepted").text("no json").build();

        assertInstanceOf(EventResult.DeadLetter.class, function.event(event));
    }
}
