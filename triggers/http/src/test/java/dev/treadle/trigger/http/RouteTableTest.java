package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
    private final RouteTable table =
            RouteTable.of(
                    List.of(
                            Route.of("root", "/"),
                            Route.of("me", "/users/me", "GET"),
                            Route.of("user", "/users/{id}"),
                            Route.of("posts", "/users/{id}/posts", "GET", "POST"),
                            Route.of("mine", "/users/me/settings", "GET"),
                            Route.of("slashed", "/users/"),
                            Route.of("files", "/files/{path...}"),
                            Route.of("index", "/files/index"),
                            Route.of("café", "/caf%C3%A9/{what}"),
                            Route.of("explicit", "/head", "HEAD"),
                            Route.of("every", "/head"),
                            Route.of("options", "/options", "OPTIONS", "GET"),
                            Route.of("left", "/x/{a}/c"),
                            Route.of("right", "/{b}/y/{c}")));

    @ParameterizedTest
    @CsvSource({
        "GET, /, root",
        "GET, /users/me, me",
        "HEAD, /users/me, me",
        "DELETE, /users/me, user",
        "GET, /users/17, user",
        "GET, /users/m, user",
        "GET, /users/mee, user",
        "GET, /users/, slashed",
        "GET, /users/me/settings, mine",
        "GET, /users/me/posts, posts",
        "GET, /files/, files",
        "GET, /files/a, files",
        "GET, /files/a/b/c, files",
        "GET, /files/index, index",
        "GET, /files/index/, files",
        "GET, /caf%C3%A9/au-lait, café",
        "GET, /caf%c3%a9/noir, café",
        "GET, /user%73/me, me",
        "HEAD, /head, explicit",
        "GET, /head, every",
        "BREW, /head, every",
        "OPTIONS, /options, options",
        "GET, /x/1/c, left",
        "GET, /x/y/z, right",
    })
    void theMostSpecificRouteThatTakesTheMethodIsFound(String method, String path, String owner) {
        assertThat(table.find(method, path))
                .isInstanceOfSatisfying(
                        RouteMatch.Found.class,
                        found -> assertThat(found.route().function()).isEqualTo(owner));
    }

    @ParameterizedTest
    @CsvSource({"/users", "/users/17/", "/files", "/nowhere", "/users/1/posts/2", "*", "/x//c"})
    void otherPathsLeadNowhere(String path) {
        assertThat(table.find("GET", path)).isInstanceOf(RouteMatch.Nowhere.class);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /users/1/posts, 'GET, HEAD, OPTIONS, POST'",
        "DELETE, /users/me/settings, 'GET, HEAD, OPTIONS'",
        "OPTIONS, /users/me, 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT'",
        "POST, /options, 'GET, HEAD, OPTIONS'",
    })
    void aPathWithoutTheMethodTellsWhichItHas(String method, String path, String allowed) {
        assertThat(table.find(method, path))
                .isInstanceOfSatisfying(
                        RouteMatch.WrongMethod.class,
                        wrong -> assertThat(String.join(", ", wrong.allowed())).isEqualTo(allowed));
    }

    @Test
    void variablesAreDecodedAndKeepTheirOrder() {
        assertThat(variables("/x%2F1/y/%E2%82%AC"))
                .containsExactly(Map.entry("b", "x/1"), Map.entry("c", "€"));
        assertThat(variables("/files/a%20b/c")).containsEntry("path", "a b/c");
        assertThat(variables("/files/")).containsEntry("path", "");
    }

    @ParameterizedTest
    @CsvSource({"/users/%zz", "/users/%4", "/users/%ff", "/%zz"})
    void aPathThatCannotBeDecodedIsRefused(String path) {
        assertThatThrownBy(() -> table.find("GET", path))
                .isInstanceOf(BadPath.class)
                .hasMessageContaining("cannot be decoded");
    }

    @ParameterizedTest
    @CsvSource({"/files/../secret", "/users/..", "/users/%2e%2e", "/files/a%2F..%2Fb", "/users/."})
    void aVariableNeverClimbs(String path) {
        assertThatThrownBy(() -> table.find("GET", path)).isInstanceOf(BadPath.class);
    }

    @Test
    void theSameShapeAndMethodOfAnotherFunctionIsAConflict() {
        List<Route> owned = List.of(Route.of("a", "/x/{id}", "GET"), Route.of("a", "/y", "POST"));
        List<Route> wanted =
                List.of(
                        Route.of("b", "/x/{name}"),
                        Route.of("b", "/y", "GET"),
                        Route.of("b", "/z"));
        assertThat(RouteTable.conflicts(wanted, owned))
                .containsExactly(new RouteTable.Conflict(wanted.get(0), owned.get(0)));
    }

    @Test
    void aFunctionIsInNobodysWayButOthers() {
        List<Route> routes = List.of(Route.of("a", "/x"));
        assertThat(RouteTable.conflicts(routes, routes)).isEmpty();
        assertThat(
                        RouteTable.conflicts(
                                List.of(Route.of("b", "/{any}"), Route.of("b", "/{all...}")),
                                routes))
                .isEmpty();
    }

    @Test
    void oneOfTenThousandRoutesIsFound() {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            routes.add(Route.of("f" + i, "/api/f" + i + "/{id}"));
        }
        RouteTable many = RouteTable.of(routes);
        for (int i = 0; i < 10_000; i += 97) {
            String path = "/api/f" + i + "/7";
            int owner = i;
            assertThat(many.find("GET", path))
                    .isInstanceOfSatisfying(
                            RouteMatch.Found.class,
                            found -> assertThat(found.route().function()).isEqualTo("f" + owner));
        }
    }

    @Test
    void aTableThatWasChangedFindsWhatANewOneWould() {
        RandomGenerator random = new SplittableRandom(7);
        Map<String, List<Route>> routes = new TreeMap<>();
        RouteTable changed = RouteTable.empty();
        for (int round = 0; round < 400; round++) {
            String function = "f" + random.nextInt(12);
            List<Route> wanted = someRoutes(function, random);
            List<Route> before = routes.getOrDefault(function, List.of());
            changed = changed.with(before, wanted);
            routes.remove(function);
            RouteTable fresh = RouteTable.of(all(routes)).with(List.of(), wanted);
            routes.put(function, wanted);
            for (String method : List.of("GET", "POST")) {
                for (String path : PATHS) {
                    assertThat(changed.find(method, path))
                            .as("round %d: %s %s", round, method, path)
                            .usingRecursiveComparison()
                            .isEqualTo(fresh.find(method, path));
                }
            }
        }
    }

    @Test
    void aFormerTableStaysAsItWas() {
        Route first = Route.of("a", "/x");
        RouteTable before = RouteTable.of(List.of(first));
        RouteTable after = before.with(List.of(first), List.of(Route.of("a", "/y/{z}")));

        assertThat(before.find("GET", "/x")).isInstanceOf(RouteMatch.Found.class);
        assertThat(before.find("GET", "/y/1")).isInstanceOf(RouteMatch.Nowhere.class);
        assertThat(after.find("GET", "/x")).isInstanceOf(RouteMatch.Nowhere.class);
        assertThat(after.find("GET", "/y/1")).isInstanceOf(RouteMatch.Found.class);
    }

    private static final List<String> PATHS =
            List.of("/", "/a", "/a/", "/b", "/a/b", "/a/b/c", "/b/a", "/b/a/c", "/c", "/c/a/b");

    /** No two functions have a route in common, as on a node. */
    private static List<Route> someRoutes(String function, RandomGenerator random) {
        int own = Integer.parseInt(function.substring(1));
        List<String> templates =
                List.of(
                        "/",
                        "/a",
                        "/a/",
                        "/b",
                        "/a/b",
                        "/a/{x}",
                        "/{x}/a",
                        "/{x}/{y}/c",
                        "/a/{r...}",
                        "/{r...}",
                        "/c/a/b",
                        "/b/{x}/c");
        List<Route> some = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            String template = templates.get(own);
            some.add(
                    random.nextBoolean()
                            ? Route.of(function, template)
                            : Route.of(function, template, random.nextBoolean() ? "GET" : "POST"));
        }
        return some;
    }

    private static List<Route> all(Map<String, List<Route>> routes) {
        return routes.values().stream().flatMap(List::stream).toList();
    }

    private Map<String, String> variables(String path) {
        return ((RouteMatch.Found) table.find("GET", path)).variables().asMap();
    }
}
