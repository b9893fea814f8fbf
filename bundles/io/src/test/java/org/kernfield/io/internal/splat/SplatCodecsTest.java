package org.kernfield.io.internal.splat;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Registered;
import org.kernfield.io.internal.splat.SomeSplats.Tolerance;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Every codec of splats passes the contract; tolerances are half a step of each format. */
class SplatCodecsTest {
    private static final Splats SMALL = SomeSplats.of(5, 0, 1);
    private static final Splats LARGER = SomeSplats.of(700, 3, 2);

    @Nested
    class PlyBinary extends SplatContract {
        PlyBinary() {
            super(
                    new Registered.PlyBinary(),
                    Tolerance.EXACT,
                    SMALL,
                    LARGER,
                    SomeSplats.of(3, 4, 3));
        }
    }

    @Nested
    class PlyText extends SplatContract {
        PlyText() {
            super(
                    new Registered.PlyText(),
                    Tolerance.EXACT,
                    ending(SomeSplats.of(5, 0, 7)),
                    LARGER);
        }

        /** A last number of which no digit can be lost unnoticed. */
        private static Splats ending(Splats splats) {
            splats.rotations()[splats.rotations().length - 1] = 0;
            return splats;
        }
    }

    @Nested
    class CompressedPly extends SplatContract {
        CompressedPly() {
            // positions over 4 units in 1023 steps, log scales over 6, 8-bit colours over 1.8
            super(
                    new Registered.CompressedPly(),
                    new Tolerance(0.002, 0.003, 0.0025, 0.002, 0.004, 0.032),
                    SMALL,
                    LARGER);
        }
    }

    @Nested
    class Records extends SplatContract {
        Records() {
            // nothing marks the end of this format: a file of whole records is a whole file
            super(
                    new Registered.SplatRecords(),
                    new Tolerance(0, 1e-6, 0.008, 0.002, 0.007, 0),
                    SomeSplats.of(1, 0, 4),
                    SomeSplats.of(5000, 0, 5));
        }
    }

    @Nested
    class Spz extends SplatContract {
        Spz() {
            super(
                    new Registered.Spz(),
                    new Tolerance(0.00013, 0.032, 0.0025, 0.002, 0.0132, 0.063),
                    SMALL,
                    LARGER,
                    SomeSplats.of(300, 4, 6));
        }
    }

    @Nested
    class SpzVersion3 extends SplatContract {
        SpzVersion3() {
            super(
                    new Registered.SpzVersion3(),
                    new Tolerance(0.00013, 0.032, 0.0025, 0.002, 0.0132, 0.063),
                    SMALL,
                    LARGER);
        }
    }

    @Nested
    class Ksplat extends SplatContract {
        Ksplat() {
            super(new Registered.Ksplat(), Tolerance.EXACT);
        }

        /**
         * Level 1: a section of one full bucket of two splats and a partial one of one, degree 1.
         */
        @Override
        protected Path sample(Path folder) throws IOException {
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
            Path file = folder.resolve("sample.ksplat");
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(bytes.array());
            }
            return file;
        }

        /** Four billion of them would be looked for a splat, one after another. */
        @Test
        void refusesFullBucketsOfNoSplats(@TempDir Path folder) throws IOException {
            Path file = sample(folder);
            byte[] bytes = Files.readAllBytes(file);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(4104, 0).putInt(4128, -1);
            Files.write(file, bytes);
            assertThatThrownBy(() -> codec().read(file, new Limits(1_000_000)))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("full buckets of no splats");
        }
    }

    @Nested
    class Sog extends SplatContract {
        Sog() {
            super(new Registered.Sog(), SOG, SMALL, SomeSplats.of(700, 3, 2));
        }
    }

    @Nested
    class Glb extends SplatContract {
        Glb() {
            super(new Registered.Glb(), GLTF, SMALL, LARGER);
        }
    }

    @Nested
    class Gltf extends SplatContract {
        Gltf() {
            super(new Registered.Gltf(), GLTF, SMALL, LARGER);
        }
    }

    /** 16 bits of positions; code books of 256 values for the rest. */
    private static final Tolerance SOG = new Tolerance(0.0001, 0.05, 0.009, 0.002, 0.03, 0.03);

    /** Roundings of float32: the logarithm of a scale and back, the opacity and its logit. */
    private static final Tolerance GLTF = new Tolerance(0, 1e-6, 1e-6, 1e-6, 0, 0);
}
