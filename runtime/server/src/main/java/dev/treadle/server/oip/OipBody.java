package dev.treadle.server.oip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** A request's body, in the encodings that Triton's clients have. */
final class OipBody {
    private OipBody() {}

    /**
     * All of it.
     *
     * @param encoding what the client says it is; nothing for none
     * @param bytesMax how long it may be, as it is and decoded
     */
    static byte[] read(InputStream in, String encoding, int bytesMax) {
        try (InputStream decoded = decoded(in, encoding)) {
            byte[] body = decoded.readNBytes(bytesMax + 1);
            if (body.length > bytesMax) {
                throw new OipError(
                        413,
                        "the body is larger than %d bytes (oip.payload-max)".formatted(bytesMax));
            }
            return body;
        } catch (ZipException | EOFException e) {
            throw OipError.bad(
                    "the body is not %s, though its Content-Encoding says so: %s"
                            .formatted(encoding, e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream decoded(InputStream in, String encoding) throws IOException {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> in;
            case "gzip", "x-gzip" -> new GZIPInputStream(in);
            case "deflate" -> new InflaterInputStream(in);
            default ->
                    throw new OipError(
                            415,
                            "the Content-Encoding is '%s'; expected gzip, deflate or none"
                                    .formatted(encoding));
        };
    }
}
