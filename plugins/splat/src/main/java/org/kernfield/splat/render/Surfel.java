package org.kernfield.splat.render;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.Vec;
import org.kernfield.splat.Primitive;
import org.kernfield.splat.Projected;

import java.util.Arrays;

/**
 * A flat Gaussian on the plane of a splat's first two axes, met by the ray of each pixel at its own
 * place (u, v): exp(−½ min(u² + v², |d|²/b)), where b, the blur, keeps those seen from the side a
 * pixel wide. The third scale has no part in it.
 *
 * <p>A point u·a + v·b of the plane, a and b the axes, is seen at d = (J a u + J b v)/(1 + w·a u +
 * w·b v); a pixel's d gives two linear equations in u and v. Source: B. Huang and others, 2D
 * Gaussian splatting (2024), section 4; the equations are solved here in the pixel's offset from
 * the centre.
 */
public class Surfel implements Primitive {
    /** Squares of determinants below this stand for planes seen from the side. */
    private static final double EDGE = 1e-12;

    /** A squared distance that nothing is seen at. */
    private static final double FAR = 1e6;

    /** Half a box's side where the disc reaches behind the camera, in pixels. */
    private static final double EVERYWHERE = 1e6;

    /** Share of one that the camera's plane is kept away from the disc. */
    private static final double BEFORE = 1e-3;

    @Override
    public String name() {
        return "surfel";
    }

    @Override
    public String label() {
        return "flat discs met by each pixel's ray";
    }

    @Override
    public boolean isFlat() {
        return true;
    }

    /** J a (2), J b (2), w·a, w·b, 1/blur. */
    @Override
    public Vec shape(Projected splat) {
        Mat seen = splat.jacobian().times(splat.axes());
        Vec w = splat.perspective();
        return Vec.of(
                seen.row(0).x(),
                seen.row(1).x(),
                seen.row(0).y(),
                seen.row(1).y(),
                w.times(splat.axes().column(0)).sum(),
                w.times(splat.axes().column(1)).sum(),
                Expr.of(1 / splat.blur()));
    }

    @Override
    public Expr falloff(Vec offset, Vec shape) {
        Vec a = shape.slice(0, 2).minus(offset.times(shape.get(4)));
        Vec b = shape.slice(2, 4).minus(offset.times(shape.get(5)));
        // Cramer's rule for (u, v), numerators first
        Expr u = offset.x().times(b.y()).minus(offset.y().times(b.x()));
        Expr v = a.x().times(offset.y()).minus(a.y().times(offset.x()));
        Expr determinant = a.x().times(b.y()).minus(a.y().times(b.x()));
        Expr squared = determinant.square().max(Expr.of(EDGE));
        Expr distance = u.square().plus(v.square()).dividedBy(squared);
        // 1 + w·(a u + b v), of the determinant's sign before the camera
        Expr depth = determinant.plus(shape.get(4).times(u)).plus(shape.get(5).times(v));
        Expr met = depth.times(determinant).greaterThan(Expr.of(0)).select(distance, FAR);
        Expr pixel = offset.squaredNorm().times(shape.get(6));
        return met.min(pixel).times(-0.5).exp();
    }

    /** Of the disc's outline, u² + v² = reach, and of the circle that the blur makes. */
    @Override
    public Vec extent(Vec shape, Expr reach) {
        Expr tilt = reach.times(shape.slice(4, 6).squaredNorm());
        Expr pixel = reach.dividedBy(shape.get(6)).sqrt();
        var half = new Expr[2];
        for (int c = 0; c < 2; c++) {
            half[c] = outline(shape, c, reach, tilt).max(pixel);
        }
        return Vec.of(Arrays.asList(half));
    }

    /**
     * The farthest d along one direction: |j·s| ≤ |d|·|1 + w·s| for all |s|² = reach, so that d²(1
     * − reach|w|²) + 2 reach (j·w) d − reach|j|² = 0.
     */
    private static Expr outline(Vec shape, int c, Expr reach, Expr tilt) {
        Vec j = Vec.of(shape.get(c), shape.get(2 + c));
        Vec w = shape.slice(4, 6);
        Expr open = Expr.of(1).minus(tilt);
        Expr middle = reach.times(j.times(w).sum());
        Expr root =
                middle.square()
                        .plus(open.max(Expr.of(0)).times(reach).times(j.squaredNorm()))
                        .sqrt();
        Expr farthest = middle.abs().plus(root).dividedBy(open);
        return open.greaterThan(Expr.of(BEFORE)).select(farthest, EVERYWHERE);
    }
}
