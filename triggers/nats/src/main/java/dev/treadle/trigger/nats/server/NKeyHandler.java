package dev.treadle.trigger.nats.server;

import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Signs the server's challenge with an NKey. The seed is read each time, so that a changed one
 * holds from the next connection on.
 */
final class NKeyHandler implements AuthHandler {
    private final Path seed;

    NKeyHandler(Path seed) {
        this.seed = seed;
    }

    @Override
    public byte[] sign(byte[] nonce) {
        NKey key = key();
        try {
            return key.sign(nonce);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(seed + " cannot sign", e);
        } finally {
            key.clear();
        }
    }

    @Override
    public char[] getID() {
        NKey key = key();
        try {
            return key.getPublicKey();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(seed + " has no public key", e);
        } finally {
            key.clear();
        }
    }

    /** None: an NKey alone comes without a JWT. */
    @Override
    public char[] getJWT() {
        return new char[0];
    }

    private NKey key() {
        try {
            return NKey.fromSeed(Files.readString(seed).strip().toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
