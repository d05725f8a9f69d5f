package dev.treadle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.EventFunction;
import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.testkit.SearchNearContract;
import org.junit.jupiter.api.Test;

class MemorySearchTest extends SearchNearContract {
    @Override
    protected Search fresh() {
        return MemorySearch.create();
    }

    @Test
    void aFunctionUnderTestFindsWhatTheTestHasPut() {
        MemorySearch articles = MemorySearch.create();
        EventFunction note =
                (event, context) ->
                        context.search("articles")
                                .put(SearchDocument.of(event.id()).text("type", event.type()));
        try (TestFunction function = TestFunction.of(note).search("articles", articles)) {
            function.event(function.newEvent("order accepted").build());
        }

        assertThat(articles.find(SearchQuery.of("accepted")).total()).isEqualTo(1);
    }

    @Test
    void whatIsNotBoundIsSaid() {
        EventFunction note = (event, context) -> context.search("articles").delete(event.id());
        try (TestFunction function = TestFunction.of(note).name("note")) {
            EventResult result = function.event(function.newEvent("order").build());

            assertThat(result).asString().contains("note has no search binding 'articles'");
        }
    }
}
