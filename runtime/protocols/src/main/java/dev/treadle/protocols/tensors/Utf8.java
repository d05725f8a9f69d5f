package dev.treadle.protocols.tensors;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The texts of tensors as bytes. */
final class Utf8 {
    private Utf8() {}

    /**
     * A text.
     *
     * @throws BadTensor when it is none: other bytes, as an image's, would not come through whole
     */
    static String read(String tensor, ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new BadTensor(
                    tensor,
                    "has bytes among its data that are no text in UTF-8; a model takes others as UINT8");
        }
    }
}
