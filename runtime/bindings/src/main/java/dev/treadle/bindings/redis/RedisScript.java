package dev.treadle.bindings.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A Lua script for one key: sent once, and named by its digest from then on. */
public final class RedisScript {
    private final byte[] text;
    private final byte[] digest;

    public RedisScript(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.digest = sha1(this.text);
    }

    /** Runs it; the answer is a {@code Long}, a {@code byte[]} or a list of them. */
    public Object run(UnifiedJedis client, byte[] key, byte[]... arguments) {
        List<byte[]> keys = List.of(key);
        List<byte[]> given = Arrays.asList(arguments);
        try {
            return client.evalsha(digest, keys, given);
        } catch (JedisNoScriptException e) {
            return client.eval(text, keys, given);
        }
    }

    private static byte[] sha1(byte[] text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
