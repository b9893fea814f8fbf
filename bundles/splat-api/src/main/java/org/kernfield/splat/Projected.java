package org.kernfield.splat;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.Vec;

import java.util.stream.Stream;

/**
 * A splat before a camera, in expressions of the kernel language.
 *
 * @param axes 3 × 3: its columns are the splat's axes in the world, each as long as the standard
 *     deviation
 * @param jacobian 2 × 3: pixels by the point in the world, at the splat's mean
 * @param perspective 3 components w: a point δ from the mean is seen jacobian·δ / (1 + w·δ) pixels
 *     from the centre; exact without distortion
 * @param blur variance that is added on the screen, in squared pixels
 * @param filter variance that is added in space; null for none
 * @param attributes the primitive's own numbers; null where it has none
 */
public record Projected(
        Mat axes, Mat jacobian, Vec perspective, double blur, Expr filter, Vec attributes) {
    /** The axes on the screen, in pixels: 2 × 3, or 2 × 6 with those of the filter. */
    public Mat screenAxes() {
        Mat seen = jacobian.times(axes);
        if (filter == null) {
            return seen;
        }
        Expr deviation = filter.sqrt();
        return Mat.ofRows(
                joined(seen.row(0), jacobian.row(0).times(deviation)),
                joined(seen.row(1), jacobian.row(1).times(deviation)));
    }

    private static Vec joined(Vec a, Vec b) {
        return Vec.of(Stream.concat(a.stream(), b.stream()).toList());
    }

    /** Variance along x, covariance, variance along y on the screen, blurred; squared pixels. */
    public Vec covariance() {
        Mat seen = screenAxes();
        return Vec.of(
                seen.row(0).squaredNorm().plus(blur),
                seen.row(0).times(seen.row(1)).sum(),
                seen.row(1).squaredNorm().plus(blur));
    }

    /** Determinant of the {@link #covariance}, without cancellation. */
    public Expr determinant() {
        Mat seen = screenAxes();
        return sharpDeterminant()
                .plus(seen.row(0).squaredNorm().plus(seen.row(1).squaredNorm()).times(blur))
                .plus(blur * blur);
    }

    /**
     * Determinant of the covariance without its blur, by Lagrange's identity: for rows p and q,
     * |p|²|q|² − (p·q)² = Σ_{i&lt;k} (p_i q_k − p_k q_i)².
     */
    public Expr sharpDeterminant() {
        Mat seen = screenAxes();
        Vec p = seen.row(0);
        Vec q = seen.row(1);
        Expr sum = Expr.of(0);
        for (int i = 0; i < p.size(); i++) {
            for (int k = i + 1; k < p.size(); k++) {
                sum = sum.plus(p.get(i).times(q.get(k)).minus(p.get(k).times(q.get(i))).square());
            }
        }
        return sum;
    }
}
