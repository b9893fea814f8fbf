package org.kernfield.io.internal.splat;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Fixtures;
import org.kernfield.io.internal.Registered;
import org.kernfield.io.internal.splat.SomeSplats.Tolerance;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
            super(new Registered.Spz(), SPZ, SMALL, LARGER, SomeSplats.of(300, 4, 6));
        }
    }

    @Nested
    class SpzVersion3 extends SplatContract {
        SpzVersion3() {
            super(new Registered.SpzVersion3(), SPZ, SMALL, LARGER);
        }
    }

    @Nested
    class Ksplat extends SplatContract {
        Ksplat() {
            super(new Registered.Ksplat(), Tolerance.EXACT);
        }

        @Override
        protected Path sample(Path folder) throws IOException {
            return Files.write(folder.resolve("sample.ksplat"), Fixtures.ksplat());
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

    /** A description and its pictures side by side. */
    @Nested
    class SogFiles extends SplatContract {
        SogFiles() {
            super(new Registered.SogFiles(), SOG, SMALL, SomeSplats.of(700, 3, 2));
        }

        @Override
        protected String fileName() {
            return "meta.json";
        }

        @Override
        protected List<String> companions() {
            return List.of(
                    "means_l.webp",
                    "means_u.webp",
                    "quats.webp",
                    "scales.webp",
                    "sh0.webp",
                    "shN_centroids.webp",
                    "shN_labels.webp");
        }
    }

    /** Versions of SPZ that are only read. */
    @Nested
    class SpzVersion2 extends OldSpz {
        SpzVersion2() {
            super(2);
        }
    }

    @Nested
    class SpzVersion1 extends OldSpz {
        SpzVersion1() {
            super(1);
        }
    }

    abstract static class OldSpz extends SplatContract {
        private final int version;

        OldSpz(int version) {
            super(new Registered.Spz(), SPZ, SMALL);
            this.version = version;
        }

        @Override
        protected Path sample(Path folder) throws IOException {
            byte[] packed = Fixtures.gzip(Fixtures.spz(version));
            return Files.write(folder.resolve("old.spz"), packed);
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

    /** 12 bits behind the point of positions, 1/16 of log scales, bytes for the rest. */
    private static final Tolerance SPZ =
            new Tolerance(0.00013, 0.032, 0.0025, 0.002, 0.0132, 0.063);

    /** 16 bits of positions; code books of 256 values for the rest. */
    private static final Tolerance SOG = new Tolerance(0.0001, 0.05, 0.009, 0.002, 0.03, 0.03);

    /** Roundings of float32: the logarithm of a scale and back, the opacity and its logit. */
    private static final Tolerance GLTF = new Tolerance(0, 1e-6, 1e-6, 1e-6, 0, 0);
}
