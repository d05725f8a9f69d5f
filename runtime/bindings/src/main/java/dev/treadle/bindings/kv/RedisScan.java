package dev.treadle.bindings.kv;

import dev.treadle.bindings.redis.RedisLink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.util.Pool;

/**
 * Finds the keys that begin with a prefix: one server after the other, with SCAN, which looks at
 * all keys of the server. A place in it is the server, its cursor, and keys that were found beyond
 * the end of the page.
 */
final class RedisScan {
    /** As many keys are looked at by one SCAN at least. */
    private static final int LOOK_MIN = 100;

    /** As many SCANs at most for one page. */
    private static final int LOOKS_MAX = 200;

    private static final byte[] START = {'0'};

    private final String prefix;
    private final int limit;
    private final ScanParams params;
    private final CommandObjects commands = new CommandObjects(RedisProtocol.RESP2);

    RedisScan(String prefix, String wanted, int limit) {
        this.prefix = prefix;
        this.limit = limit;
        this.params =
                new ScanParams()
                        .match(glob(prefix + wanted).getBytes(StandardCharsets.UTF_8))
                        .count(Math.max(limit, LOOK_MIN));
    }

    /** What a page has: keys without the store's prefix, and where the next one begins. */
    record Keys(List<String> keys, Optional<String> next) {}

    /**
     * @param server its name
     * @param cursor where in it
     * @param left keys that come first
     */
    private record Position(String server, byte[] cursor, List<String> left) {}

    Keys keys(RedisLink redis, Optional<String> from) {
        SortedMap<String, Pool<Connection>> servers = redis.servers();
        Position at =
                from.map(RedisScan::read)
                        .orElseGet(() -> new Position(servers.firstKey(), START, List.of()));
        List<String> found = new ArrayList<>(at.left());
        for (int i = 0; found.size() < limit && i < LOOKS_MAX; i++) {
            SortedMap<String, Pool<Connection>> rest = servers.tailMap(at.server());
            if (rest.isEmpty()) {
                return new Keys(found, Optional.empty());
            }
            Map.Entry<String, Pool<Connection>> first = rest.entrySet().iterator().next();
            String server = first.getKey();
            ScanResult<byte[]> result =
                    look(first.getValue(), server.equals(at.server()) ? at.cursor() : START);
            result.getResult().forEach(key -> found.add(own(key)));
            at = after(server, result.getCursorAsBytes());
        }
        int here = Math.min(limit, found.size());
        List<String> left = List.copyOf(found.subList(here, found.size()));
        return new Keys(
                List.copyOf(found.subList(0, here)),
                Optional.of(write(new Position(at.server(), at.cursor(), left))));
    }

    private ScanResult<byte[]> look(Pool<Connection> pool, byte[] cursor) {
        try (Connection connection = pool.getResource()) {
            return connection.executeCommand(commands.scan(cursor, params));
        }
    }

    /** A server that is done is followed by the next name. */
    private static Position after(String server, byte[] cursor) {
        boolean done = cursor.length == 1 && cursor[0] == '0';
        return done
                ? new Position(server + '\0', START, List.of())
                : new Position(server, cursor, List.of());
    }

    private String own(byte[] key) {
        return new String(key, StandardCharsets.UTF_8).substring(prefix.length());
    }

    private static String glob(String text) {
        return text.replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + "*";
    }

    private static String write(Position at) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(at.server());
            out.writeUTF(new String(at.cursor(), StandardCharsets.US_ASCII));
            out.writeInt(at.left().size());
            for (String key : at.left()) {
                out.writeUTF(key);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static Position read(String from) {
        try (DataInputStream in =
                new DataInputStream(
                        new ByteArrayInputStream(Base64.getUrlDecoder().decode(from)))) {
            String server = in.readUTF();
            byte[] cursor = in.readUTF().getBytes(StandardCharsets.US_ASCII);
            List<String> left = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                left.add(in.readUTF());
            }
            return new Position(server, cursor, left);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("'%s' is no place in a scan".formatted(from), e);
        }
    }
}
