package org.kernfield.io.internal.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.scene.Mesh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a painted triangle. */
class MeshCodecTest {
    private static final Mesh TRIANGLE =
            new Mesh(
                    new float[] {0, 0, 0, 1, 0, 0, 0, 2.5f, 0},
                    new int[] {0, 1, 2},
                    new float[] {1, 0, 0, 0, 0.5f, 0, 2, -1, 1});

    @TempDir Path temp;

    @Test
    void objCountsCornersFromOne() throws IOException {
        Path file = temp.resolve("a.obj");
        new ObjCodec().write(TRIANGLE, file);
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "v 0.0 0.0 0.0 1.0 0.0 0.0",
                        "v 1.0 0.0 0.0 0.0 0.5 0.0",
                        "v 0.0 2.5 0.0 2.0 -1.0 1.0",
                        "f 1 2 3");
    }

    @Test
    void plyHasFifteenBytesAVertexAndThirteenAFace() throws IOException {
        Path file = temp.resolve("a.ply");
        new MeshPlyCodec().write(TRIANGLE, file);
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int body = text.indexOf("end_header\n") + 11;
        assertThat(text).contains("element vertex 3\n", "element face 1\n");
        assertThat(bytes.length - body).isEqualTo(3 * 15 + 13);
        var data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(data.getFloat(body + 30 + 4)).isEqualTo(2.5f);
        assertThat(data.get(body + 15 + 13)).isEqualTo((byte) 128);
        assertThat(data.get(body + 45)).isEqualTo((byte) 3);
        assertThat(data.getInt(body + 45 + 9)).isEqualTo(2);
    }
}
