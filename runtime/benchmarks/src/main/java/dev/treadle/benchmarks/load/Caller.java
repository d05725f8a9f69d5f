package dev.treadle.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection that is kept alive, one call after the other. For one thread. */
public final class Caller implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final AnswerReader answer = new AnswerReader();

    public Caller(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Calls and returns the status. */
    public int call(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        answer.next();
        boolean whole = false;
        while (!whole) {
            int read = in.read(answer.buffer(), answer.filled(), answer.room());
            if (read < 0) {
                throw new EOFException("the connection ended before the answer did");
            }
            whole = answer.added(read);
        }
        return answer.status();
    }

    /**
     * Calls and returns the body.
     *
     * @throws IOException also when the status is not a success
     */
    public String expect(byte[] request) throws IOException {
        int status = call(request);
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        if (status / 100 != 2) {
            String line =
                    new String(request, StandardCharsets.UTF_8).lines().findFirst().orElse("");
            throw new IOException(line + " was answered with " + status + ": " + body);
        }
        return body;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
