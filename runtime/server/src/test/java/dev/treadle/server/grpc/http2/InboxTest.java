package dev.treadle.server.grpc.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final int MAX = 100_000;

    private final Inbox inbox = new Inbox(MAX);

    private static byte[] message(int length) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        return ByteBuffer.allocate(5 + length).put((byte) 0).putInt(length).put(payload).array();
    }

    /** Wherever frames cut them. */
    @Test
    void messagesArePutTogether() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            List<byte[]> sent = new ArrayList<>();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                sent.add(message(random.nextInt(3) == 0 ? 0 : random.nextInt(5_000)));
                all.writeBytes(sent.getLast());
            }
            byte[] bytes = all.toByteArray();
            for (int at = 0; at < bytes.length; ) {
                int to = Math.min(bytes.length, at + random.nextInt(1, 3_000));
                assertThat(inbox.add(Arrays.copyOfRange(bytes, at, to))).isZero();
                at = to;
            }
            for (byte[] each : sent) {
                assertThat(inbox.poll()).isEqualTo(each);
            }
            assertThat(inbox.poll()).isNull();
            assertThat(inbox.hasRest()).isFalse();
        }
    }

    @Test
    void whatIsTooLargeIsKnownByItsPrefix() {
        assertThat(inbox.add(message(MAX))).isZero();
        assertThat(inbox.add(new byte[] {0, 0, 1})).isZero();
        assertThat(inbox.add(new byte[] {(byte) 0x86, (byte) 0xA1})).isEqualTo(MAX + 1);
        assertThat(new Inbox(MAX).add(new byte[] {0, -1, -1, -1, -1})).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void theClientSendsOnWhenNothingWholeWaits() {
        int third = Inbox.WINDOW / 3;
        assertThat(inbox.mayCome(third)).isTrue();
        inbox.add(new byte[] {0, 0, 0, 0, 9, 1});
        assertThat(inbox.grant()).isEqualTo(third);
        assertThat(inbox.mayCome(Inbox.WINDOW)).isTrue();
        inbox.add(new byte[8]);
        assertThat(inbox.grant()).isZero();
        assertThat(inbox.mayCome(1)).isFalse();
        inbox.poll();
        assertThat(inbox.grant()).isEqualTo(Inbox.WINDOW + 1);
    }
}
