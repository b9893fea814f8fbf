package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Array;
import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Differentiable;
import org.kernfield.field.Radiance;
import org.kernfield.field.Solid;
import org.kernfield.numerics.surface.MarchingTetrahedra;
import org.kernfield.numerics.surface.SampleGrid;
import org.kernfield.scene.Mesh;

/** The surface of a field in space, painted where the field has colours. */
final class SurfaceOf {
    /** Points that the field is asked at a time. */
    private static final int BLOCK = 1 << 19;

    /** What lies outside of everything. */
    private static final float OUTSIDE = Float.NaN;

    private final FieldHandle field;
    private SampleGrid grid;
    private float[] block = {};
    private int begin;
    private int end;

    SurfaceOf(FieldHandle field) {
        this.field = field;
    }

    /**
     * @param resolution cells along the longest side of the field's box
     * @param level value at the surface; null for the field's own
     */
    Mesh mesh(int resolution, Double level) {
        double[] bounds = field.use(Solid.class, (solid, compute) -> solid.bounds());
        double value =
                level != null ? level : field.use(Solid.class, (solid, compute) -> solid.level());
        grid = SampleGrid.over(bounds, resolution);
        begin = 0;
        end = 0;
        Mesh mesh = MarchingTetrahedra.of(grid, value, this::layer);
        boolean isPainted = field.can(Radiance.class) && field.can(Differentiable.class);
        return isPainted && mesh.vertexCount() > 0 ? painted(mesh) : mesh;
    }

    /** A layer of samples; those on the grid's border are outside, so that the surface closes. */
    private float[] layer(int k) {
        if (k >= end) {
            sample(k, Math.min(grid.nz(), k + Math.max(1, BLOCK / grid.layer())));
        }
        var layer = new float[grid.layer()];
        System.arraycopy(block, (k - begin) * layer.length, layer, 0, layer.length);
        for (int j = 0; j < grid.ny(); j++) {
            for (int i = 0; i < grid.nx(); i++) {
                boolean isBorder =
                        i == 0
                                || j == 0
                                || k == 0
                                || i == grid.nx() - 1
                                || j == grid.ny() - 1
                                || k == grid.nz() - 1;
                if (isBorder) {
                    layer[j * grid.nx() + i] = OUTSIDE;
                }
            }
        }
        return layer;
    }

    private void sample(int from, int to) {
        var points = new float[3 * grid.layer() * (to - from)];
        int at = 0;
        for (int k = from; k < to; k++) {
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++) {
                    points[at++] = (float) (grid.origin()[0] + grid.spacing() * i);
                    points[at++] = (float) (grid.origin()[1] + grid.spacing() * j);
                    points[at++] = (float) (grid.origin()[2] + grid.spacing() * k);
                }
            }
        }
        block = field.values(Array.of(3, points)).toFloats();
        begin = from;
        end = to;
    }

    /** As seen from outside: along the gradient, which points inward. */
    private Mesh painted(Mesh mesh) {
        Array vertices = Array.of(3, mesh.vertices());
        float[] inward = field.jacobian(vertices).toFloats();
        for (int k = 0; k < inward.length; k += 3) {
            if (!(Math.abs(inward[k]) + Math.abs(inward[k + 1]) + Math.abs(inward[k + 2]) > 0)) {
                inward[k + 2] = 1;
            }
        }
        Array colours =
                field.use(
                        Radiance.class,
                        (radiance, compute) ->
                                radiance.colours(vertices, Array.of(3, inward), compute));
        return mesh.with(colours.toFloats());
    }
}
