package dev.treadle.samples.sessioncounter;

import dev.treadle.Context;
import dev.treadle.HttpFunction;
import dev.treadle.Kv;
import dev.treadle.Request;
import dev.treadle.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the calls of each session, known by a cookie. A session ends half an hour after its last
 * call, by the binding's {@code ttl}; the number of all sessions stays.
 */
public final class SessionCounter implements HttpFunction {
    private static final String COOKIE = "session";
    private static final Pattern ID = Pattern.compile("(?:^|;\\s*)" + COOKIE + "=([0-9a-f-]{36})");

    @Override
    public Response handle(Request request, Context context) {
        Kv sessions = context.kv("sessions");
        Optional<String> known = request.header("Cookie").flatMap(SessionCounter::id);
        if (request.method().equals("DELETE")) {
            known.ifPresent(sessions::delete);
            return Response.status(204).header("Set-Cookie", COOKIE + "=; Path=/; Max-Age=0");
        }
        Optional<Answer> visit = known.flatMap(id -> again(id, sessions, context.kv("visits")));
        return visit.isPresent() ? Response.json(visit.get()) : first(sessions, context);
    }

    /**
     * What a caller gets.
     *
     * @param calls of this session so far
     * @param sessions begun by anybody so far
     */
    public record Answer(long calls, long sessions) {}

    private static Response first(Kv sessions, Context context) {
        String id = UUID.randomUUID().toString();
        sessions.put(id, "1");
        long all = context.kv("visits").add("sessions", 1);
        return Response.json(new Answer(1, all))
                .header("Set-Cookie", COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Lax");
    }

    /** Each call begins the half hour anew; two at once are both counted. */
    private static Optional<Answer> again(String id, Kv sessions, Kv visits) {
        while (true) {
            Optional<Kv.Entry> before = sessions.get(id);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            long calls = Long.parseLong(before.get().text()) + 1;
            byte[] value = Long.toString(calls).getBytes(StandardCharsets.UTF_8);
            OptionalLong done = sessions.replace(id, before.get().version(), value);
            if (done.isPresent()) {
                return Optional.of(new Answer(calls, visits.add("sessions", 0)));
            }
        }
    }

    private static Optional<String> id(String cookies) {
        Matcher found = ID.matcher(cookies);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
