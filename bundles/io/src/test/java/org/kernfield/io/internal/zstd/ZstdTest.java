package org.kernfield.io.internal.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class ZstdTest {
    /** Made by {@code zstd -19}, version 1.5. */
    @Test
    void readsWhatTheReferenceProgramWrote() {
        byte[] frame = HexFormat.of().parseHex(REFERENCE);
        byte[] text =
                "the quick brown fox jumps over the lazy dog; "
                        .repeat(20)
                        .getBytes(StandardCharsets.US_ASCII);
        assertThat(ZstdDecoder.decode(frame, 0, frame.length, text.length)).isEqualTo(text);
    }

    private static final String REFERENCE =
            "28b52ffd0468b50100d40274686520717569636b2062726f776e20666f78206a756d7073206f76657220746865206c617a7920646f673b200100a50a2b5506afdbb39a";

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 63, 64, 65, 1000, 1024, 16383, 16384, 131071, 131072, 131073, 500_000})
    void readsWhatItWrites(int size) {
        for (byte[] bytes :
                new byte[][] {noise(size, 1), noise(size, 20), noise(size, 256), runs(size)}) {
            byte[] frame = ZstdEncoder.encode(bytes);
            assertThat(ZstdDecoder.decode(frame, 0, frame.length, size)).isEqualTo(bytes);
        }
    }

    @Test
    void makesSmallerWhatIsUneven() {
        assertThat(ZstdEncoder.encode(runs(100_000))).hasSizeLessThan(40_000);
        assertThat(ZstdEncoder.encode(noise(100_000, 4))).hasSizeLessThan(27_000);
    }

    @Test
    void refusesEveryTruncation() {
        byte[] bytes = runs(3000);
        byte[] frame = ZstdEncoder.encode(bytes);
        for (int length = 0; length < frame.length; length++) {
            int end = length;
            assertThatThrownBy(() -> ZstdDecoder.decode(frame, 0, end, bytes.length))
                    .as("first %d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void survivesBrokenBytes() {
        byte[] frame = ZstdEncoder.encode(runs(5000));
        var random = new Random(1);
        for (int n = 0; n < 1500; n++) {
            byte[] broken = frame.clone();
            for (int k = 0; k < 3; k++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(ZstdDecoder.decode(broken, 0, broken.length, 5000)).hasSize(5000);
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }

    /** Bytes of which {@code kinds} occur, rarer and rarer. */
    private static byte[] noise(int size, int kinds) {
        var random = new Random(kinds);
        var bytes = new byte[size];
        for (int k = 0; k < size; k++) {
            bytes[k] = (byte) Math.min(kinds - 1, Math.abs(random.nextGaussian()) * kinds / 4);
        }
        return bytes;
    }

    /** Repetitions of earlier bytes at any distance, and noise between them. */
    private static byte[] runs(int size) {
        var random = new Random(size);
        var bytes = new byte[size];
        for (int at = 0; at < size; ) {
            int length = Math.min(size - at, 1 + random.nextInt(60));
            if (at > 0 && random.nextInt(4) > 0) {
                int distance = 1 + random.nextInt(at);
                for (int k = 0; k < length; k++) {
                    bytes[at + k] = bytes[at + k - distance];
                }
            } else {
                byte[] noise = noise(length, 200);
                System.arraycopy(noise, 0, bytes, at, length = Math.min(length, 8));
                Arrays.fill(bytes, at, at + length / 2, (byte) random.nextInt(9));
            }
            at += length;
        }
        return bytes;
    }
}
