package acme.plain;

import java.util.function.Consumer;

public class Keep implements Consumer<byte[]>, AutoCloseable {
    @Override
    public void accept(byte[] bytes) {
        System.setProperty("acme.plain.Keep", Integer.toString(bytes.length));
    }

    @Override
    public void close() {
        System.setProperty("acme.plain.Keep", "closed");
    }
}
