package org.kernfield.io.internal;

import org.kernfield.backend.Array;
import org.kernfield.io.internal.npy.NpyCodec;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Small files of formats that are only read, byte by byte as they are described. */
public final class Fixtures {
    private static final double[] QUARTER_TURN = {1, 0, 0, 0, 0, -1, 0, 1, 0};
    private static final double[] HALF_TURN = {-1, 0, 0, 0, 1, 0, 0, 0, -1};

    /** OpenSfM's reconstruction.json: two shots of one camera, and a point. */
    public static final String RECONSTRUCTION =
            """
            [{"cameras": {"one": {"projection_type": "perspective", "width": 64, "height": 48,
              "focal": 0.9, "k1": 0.1, "k2": -0.01}},
              "shots": {"a.jpg": {"camera": "one", "rotation": [0.1, 0.2, 0.3],
                                  "translation": [1, 2, 3]},
                        "b.jpg": {"camera": "one", "rotation": [0, 0, 0],
                                  "translation": [0, 0, 4]}},
              "points": {"7": {"coordinates": [1, 2, 3], "color": [255, 0, 51]}}}]\
            """;

    /** The meta.json of SOG's version 1, beside pictures of 30 splats without harmonics. */
    public static final String SOG_1 =
            """
            {"means": {"shape": [30, 3], "mins": [-1, -1, -1], "maxs": [1, 1, 1],
            "files": ["means_l.webp", "means_u.webp"]}, "quats": {"files": ["quats.webp"]},
            "scales": {"mins": [-9, -9, -9], "maxs": [0, 0, 0], "files": ["scales.webp"]},
            "sh0": {"mins": [-1, -1, -1, -5], "maxs": [1, 1, 1, 5], "files": ["sh0.webp"]}}
            """;

    /** Two rows: down, right, backward, place and height, width, focal length; two depths. */
    private static final double[] POSES = {
        0, 1, 0, 1, 48, 1, 0, 0, 2, 64, 0, 0, -1, 3, 70, 1, 9,
        0, 1, 0, 0, 48, 1, 0, 0, 0, 64, 0, 0, -1, 5, 70, 1, 9
    };

    private Fixtures() {}

    /** Version 1, three channels of 8 bits, 2 × 1 pixels, uncompressed; Adobe's specification. */
    public static byte[] psd() {
        var bytes = ByteBuffer.allocate(26 + 3 * Integer.BYTES + Short.BYTES + 6);
        bytes.put("8BPS".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1);
        bytes.position(12).putShort((short) 3).putInt(1).putInt(2);
        bytes.putShort((short) 8).putShort((short) 3);
        bytes.position(40).put(new byte[] {10, 20, 30, 40, 50, 60});
        return bytes.array();
    }

    /** Type 0, 9 × 2 pixels, rows padded to bytes; WAP-237. */
    public static byte[] wbmp() {
        return new byte[] {0, 0, 9, 2, (byte) 0xAA, (byte) 0x80, 0x55, 0};
    }

    /** Level 1: a section of one full bucket of two splats and a partial one of one, degree 1. */
    public static byte[] ksplat() {
        var bytes = ByteBuffer.allocate(4096 + 1024 + 4 + 2 * 12 + 3 * 42);
        bytes.order(ByteOrder.LITTLE_ENDIAN).put(1, (byte) 1);
        bytes.putInt(4, 1).putInt(8, 1).putInt(12, 3).putInt(16, 3).putShort(20, (short) 1);
        bytes.putInt(4096, 3).putInt(4100, 3).putInt(4104, 2).putInt(4108, 2);
        bytes.putFloat(4112, 10).putShort(4116, (short) 12).putInt(4120, 32767);
        bytes.putInt(4128, 1).putInt(4132, 1).putShort(4136, (short) 1);
        bytes.position(5120).putInt(1).putFloat(1).putFloat(2).putFloat(3);
        bytes.putFloat(4).putFloat(5).putFloat(6);
        for (int k = 0; k < 3 * 42; k++) {
            bytes.put((byte) (k * 37 % 53 + 1));
        }
        return bytes.array();
    }

    /**
     * Four splats of SPZ before it is packed, degree 1: positions of 3 × 16 bits in version 1, of 3
     * × 24 from then on; rotations of 3 bytes up to version 2, of 4 in version 3.
     */
    public static byte[] spz(int version) {
        int splats = 4;
        int splat = (version == 1 ? 6 : 9) + 1 + 3 + 3 + (version < 3 ? 3 : 4) + 9;
        var bytes = ByteBuffer.allocate(16 + splats * splat).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0x5053474E).putInt(version).putInt(splats);
        bytes.put((byte) 1).put((byte) 12).putShort((short) 0);
        while (bytes.hasRemaining()) {
            bytes.put((byte) (bytes.position() * 29 % 61));
        }
        return bytes.array();
    }

    public static byte[] gzip(byte[] plain) {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** LLFF's poses_bounds.npy of two pictures. */
    public static Path llff(Path folder) throws IOException {
        Path file = folder.resolve("poses_bounds.npy");
        new NpyCodec().write(Array.of(17, POSES), file);
        return file;
    }

    /** OpenSfM's reconstruction.json. */
    public static Path openSfm(Path folder) throws IOException {
        return Files.writeString(folder.resolve("reconstruction.json"), RECONSTRUCTION);
    }

    /** Two points with colours. */
    public static PointCloud points() {
        return new PointCloud(
                new float[] {1, 2, 3, -0.5f, 1e-7f, 7}, new float[] {0, 1, 0.2f, 1, 1, 0});
    }

    /** A pinhole and a fisheye that see points. */
    public static Scene scene(PointCloud points) {
        var pinhole = new Camera(640, 480, 500, 510, 321.5, 239, Lens.PERSPECTIVE);
        var fisheye = new Camera(200, 200, 60, 61, 100, 101, Lens.FISHEYE, 0.01, 0.02, 0.03, 0.04);
        return new Scene(
                List.of(
                        new View("a.png", pinhole, QUARTER_TURN, new double[] {1, 2, 3}),
                        new View("b c.png", fisheye, HALF_TURN, new double[] {0, -0.5, 4})),
                points);
    }
}
