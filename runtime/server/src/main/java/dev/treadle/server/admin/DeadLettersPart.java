package dev.treadle.server.admin;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.server.Deployments;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Releases;
import dev.treadle.trigger.nats.DeadLetter;
import dev.treadle.trigger.nats.DeadLetterStore;
import dev.treadle.trigger.nats.Redrive;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code /v1/functions/{name}/dead-letters}: list, show, redrive, purge. */
final class DeadLettersPart implements AdminServer.Part {
    private static final String LETTERS = "/v1/functions/{name}/dead-letters";
    private static final int LIST_MAX = 1_000;
    private static final int REDRIVE_MAX = 10_000;

    private final Deployments deployments;
    private final DeadLetterStore store;
    private final Redrive redrive;
    private final Releases releases;

    DeadLettersPart(
            Deployments deployments, DeadLetterStore store, Redrive redrive, Releases releases) {
        this.deployments = deployments;
        this.store = store;
        this.redrive = redrive;
        this.releases = releases;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.get(LETTERS, (request, response) -> json.send(response, 200, list(request)));
        routing.delete(LETTERS, (request, response) -> json.send(response, 200, purge(request)));
        routing.post(
                LETTERS + "/redrive",
                (request, response) -> json.send(response, 200, redrive(request, json)));
        routing.get(
                LETTERS + "/{id}", (request, response) -> json.send(response, 200, one(request)));
    }

    private String function(ServerRequest request) {
        return deployments.require(Params.function(request)).name().value();
    }

    private EventViews.DeadLetterList list(ServerRequest request) {
        String function = function(request);
        int limit = Params.number(request, "limit", 1, LIST_MAX).orElse(100);
        List<EventViews.DeadLetter> shown =
                select(function, filter(request), limit).stream()
                        .map(DeadLettersPart::brief)
                        .toList();
        return new EventViews.DeadLetterList(shown, store.count(function));
    }

    private EventViews.DeadLetter one(ServerRequest request) {
        String function = function(request);
        return whole(require(function, id(Params.path(request, "id"))));
    }

    private EventViews.Purged purge(ServerRequest request) {
        int purged = 0;
        for (DeadLetter.Stored letter :
                select(function(request), filter(request), Integer.MAX_VALUE)) {
            purged += store.remove(letter.id()) ? 1 : 0;
        }
        return new EventViews.Purged(purged);
    }

    private EventViews.Redriven redrive(ServerRequest request, AdminJson json) {
        String function = function(request);
        EventViews.Redrive wanted = json.read(request, EventViews.Redrive.class);
        Target target = new Target(function, wanted.target().orElse(DeployedFunction.LIVE));
        if (releases.choose(target, 0).isEmpty()) {
            throw new ApiException(
                    ErrorCode.NO_FUNCTION,
                    "%s has no alias or release '%s'".formatted(function, target.reference()));
        }
        int limit = between("limit", wanted.limit(), 1, REDRIVE_MAX, 1_000);
        int rate = between("rate", wanted.rate(), 0, REDRIVE_MAX, 0);
        List<DeadLetter.Stored> fitting =
                wanted.ids().isPresent()
                        ? wanted.ids().get().stream().map(id -> require(function, id)).toList()
                        : select(function, filter(wanted.filter()), limit + 1);
        boolean more = wanted.ids().isEmpty() && fitting.size() > limit;
        List<DeadLetter.Stored> letters = more ? fitting.subList(0, limit) : fitting;
        if (wanted.dryRun().orElse(false)) {
            return new EventViews.Redriven(letters.size(), 0, 0, more, true, List.of());
        }
        List<EventViews.Failure> failures =
                redrive.run(letters, target, rate).stream()
                        .map(each -> new EventViews.Failure(each.id(), each.message()))
                        .toList();
        return new EventViews.Redriven(
                letters.size(),
                letters.size() - failures.size(),
                failures.size(),
                more,
                false,
                failures);
    }

    private DeadLetter.Stored require(String function, long id) {
        return store.get(function, id)
                .orElseThrow(
                        () ->
                                new ApiException(
                                        ErrorCode.NO_DEAD_LETTER,
                                        "%s has no dead letter %d".formatted(function, id)));
    }

    private List<DeadLetter.Stored> select(String function, Filter filter, int limit) {
        List<DeadLetter.Stored> selected = new ArrayList<>();
        store.scan(
                function,
                stored -> {
                    if (filter.matches(stored.letter())) {
                        selected.add(stored);
                    }
                    return selected.size() < limit;
                });
        return selected;
    }

    /** Which dead letters are meant. */
    private record Filter(
            Optional<DeadLetter.Reason> reason,
            Optional<String> contains,
            Optional<Instant> since,
            Optional<Instant> until) {
        boolean matches(DeadLetter letter) {
            String error =
                    letter.message() + letter.cause().map(c -> c.type() + c.message()).orElse("");
            return reason.map(r -> r == letter.reason()).orElse(true)
                    && contains.map(error::contains).orElse(true)
                    && since.map(time -> !letter.died().isBefore(time)).orElse(true)
                    && until.map(time -> letter.died().isBefore(time)).orElse(true);
        }
    }

    private static Filter filter(ServerRequest request) {
        return new Filter(
                Params.choice(request, "reason", DeadLetter.Reason.class),
                Params.query(request, "contains"),
                Params.instant(request, "since"),
                Params.instant(request, "until"));
    }

    private static Filter filter(Optional<EventViews.Filter> wanted) {
        return new Filter(
                wanted.flatMap(EventViews.Filter::reason).map(DeadLettersPart::reason),
                wanted.flatMap(EventViews.Filter::contains),
                wanted.flatMap(EventViews.Filter::since),
                wanted.flatMap(EventViews.Filter::until));
    }

    private static DeadLetter.Reason reason(String text) {
        try {
            return DeadLetter.Reason.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ApiException(
                    ErrorCode.BAD_REQUEST,
                    "filter.reason: expected exhausted, expired, permanent or undecodable, found '%s'"
                            .formatted(text));
        }
    }

    private static long id(String text) {
        return Params.number("id", text, 1, Integer.MAX_VALUE);
    }

    private static int between(String name, OptionalInt value, int least, int most, int otherwise) {
        int number = value.orElse(otherwise);
        if (number < least || number > most) {
            throw new ApiException(
                    ErrorCode.BAD_REQUEST,
                    "%s: expected a number from %d to %d, found %d"
                            .formatted(name, least, most, number));
        }
        return number;
    }

    private static EventViews.DeadLetter brief(DeadLetter.Stored stored) {
        return view(stored, false);
    }

    private static EventViews.DeadLetter whole(DeadLetter.Stored stored) {
        return view(stored, true);
    }

    private static EventViews.DeadLetter view(DeadLetter.Stored stored, boolean whole) {
        DeadLetter letter = stored.letter();
        Optional<String> text = whole ? text(letter.data()) : Optional.empty();
        return new EventViews.DeadLetter(
                stored.id(),
                letter.function(),
                letter.trigger(),
                letter.reason().name().toLowerCase(Locale.ROOT),
                letter.code(),
                letter.message(),
                letter.cause().map(c -> new EventViews.Cause(c.type(), c.message())),
                letter.attempts(),
                letter.release() == 0 ? OptionalInt.empty() : OptionalInt.of(letter.release()),
                letter.stream(),
                letter.sequence(),
                letter.subject(),
                letter.published(),
                letter.died(),
                letter.data().length,
                whole ? Optional.of(letter.headers()) : Optional.empty(),
                text,
                whole && text.isEmpty()
                        ? Optional.of(Base64.getEncoder().encodeToString(letter.data()))
                        : Optional.empty());
    }

    private static Optional<String> text(byte[] data) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
