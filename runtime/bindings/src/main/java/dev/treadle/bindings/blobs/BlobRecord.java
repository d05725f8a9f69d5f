package dev.treadle.bindings.blobs;

import dev.treadle.Blobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the index keeps of a blob.
 *
 * @param id of its content
 */
record BlobRecord(
        String id,
        long size,
        String etag,
        long modifiedMillis,
        Optional<String> contentType,
        Map<String, String> metadata) {
    private static final String SMALL = "small-";

    /** For a content that is in a file. */
    static String newFile() {
        return UUID.randomUUID().toString();
    }

    /** For a content that is in the index. */
    static String newSmall() {
        return SMALL + UUID.randomUUID();
    }

    /** Whether its content is in the index. */
    boolean isSmall() {
        return id.startsWith(SMALL);
    }

    Blobs.Info info(String key) {
        return new Blobs.Info(
                key, size, etag, contentType, metadata, Instant.ofEpochMilli(modifiedMillis));
    }

    /** Without what lists do not tell. */
    Blobs.Info brief(String key) {
        return new Blobs.Info(
                key, size, etag, Optional.empty(), Map.of(), Instant.ofEpochMilli(modifiedMillis));
    }

    /** It never ends: it begins with eight zeros. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(0);
            out.writeUTF(id);
            out.writeLong(size);
            out.writeUTF(etag);
            out.writeLong(modifiedMillis);
            out.writeUTF(contentType.orElse(""));
            out.writeInt(metadata.size());
            for (Map.Entry<String, String> each : metadata.entrySet()) {
                out.writeUTF(each.getKey());
                out.writeUTF(each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static BlobRecord read(byte[] record) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
            in.readLong();
            String id = in.readUTF();
            long size = in.readLong();
            String etag = in.readUTF();
            long modified = in.readLong();
            Optional<String> type = Optional.of(in.readUTF()).filter(each -> !each.isEmpty());
            Map<String, String> metadata = new HashMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                metadata.put(in.readUTF(), in.readUTF());
            }
            return new BlobRecord(id, size, etag, modified, type, metadata);
        } catch (IOException e) {
            throw new UncheckedIOException("the index is damaged", e);
        }
    }
}
