package org.kernfield.io.internal;

import org.junit.jupiter.api.Nested;
import org.kernfield.format.Codec;
import org.kernfield.scene.Mesh;
import org.kernfield.scene.PointCloud;
import org.kernfield.testkit.CodecContract;

import java.util.Arrays;
import java.util.List;

/** Points and meshes pass the contract of codecs. */
class ShapeCodecsTest {
    private static final double ROUNDING = 1e-6;

    @Nested
    class Points extends CodecContract<PointCloud> {
        @Override
        protected Codec<PointCloud> codec() {
            return new Registered.PointPly();
        }

        @Override
        protected List<PointCloud> values() {
            var many = new float[3 * 1000];
            for (int k = 0; k < many.length; k++) {
                many[k] = (float) Math.sin(k);
            }
            float[] colours = {1, 0, 0.2f, 0.4f, 0.6f, 0.8f};
            return List.of(
                    new PointCloud(new float[] {1, 2, 3, -4, 5.5f, 1e-7f}, colours),
                    new PointCloud(many, new float[0]));
        }

        /** Colours of the sample are multiples of 1/255, so nothing is rounded but the division. */
        @Override
        protected boolean same(PointCloud read, PointCloud written) {
            boolean isSame =
                    Arrays.equals(read.positions(), written.positions())
                            && read.colours().length == written.colours().length;
            for (int k = 0; isSame && k < read.colours().length; k++) {
                isSame = Math.abs(read.colours()[k] - written.colours()[k]) < ROUNDING;
            }
            return isSame;
        }
    }

    @Nested
    class MeshPly extends Meshes {
        MeshPly() {
            super(new Registered.MeshPly());
        }
    }

    @Nested
    class Obj extends Meshes {
        Obj() {
            super(new Registered.Obj());
        }
    }

    /** Meshes are only written; {@code MeshCodecTest} looks at the bytes. */
    abstract static class Meshes extends CodecContract<Mesh> {
        private final Codec<Mesh> codec;

        Meshes(Codec<Mesh> codec) {
            this.codec = codec;
        }

        @Override
        protected Codec<Mesh> codec() {
            return codec;
        }

        @Override
        protected List<Mesh> values() {
            float[] vertices = {0, 0, 0, 1, 0, 0, 0, 2.5f, 0};
            float[] colours = {1, 0, 0, 0, 0.5f, 0, 2, -1, 1};
            return List.of(new Mesh(vertices, new int[] {0, 1, 2}, colours));
        }

        @Override
        protected boolean reads() {
            return false;
        }

        @Override
        protected boolean same(Mesh read, Mesh written) {
            throw new UnsupportedOperationException("meshes are only written");
        }
    }
}
