package org.kernfield.splat.render;

import org.kernfield.kernel.Condition;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.Vec;

/** The direction in which a splat is flattest: of a flat primitive its third axis. */
final class NormalFormula {
    private NormalFormula() {}

    /**
     * In the world's axes, of length 1 and turned to the camera.
     *
     * @param isFlat whether the scale along the third axis says nothing
     */
    static Vec of(SplatFormula splat, boolean isFlat) {
        Vec axis = isFlat ? splat.turned().column(2) : shortest(splat.projected().axes());
        Expr away = splat.camera().away(axis);
        return axis.normalised().times(away.atMost(Expr.of(0)).select(Expr.of(1), -1));
    }

    private static Vec shortest(Mat axes) {
        var squared = new Expr[3];
        for (int c = 0; c < 3; c++) {
            squared[c] = axes.column(c).squaredNorm();
        }
        return chosen(
                squared[0].min(squared[1]).atMost(squared[2]),
                chosen(squared[0].atMost(squared[1]), axes.column(0), axes.column(1)),
                axes.column(2));
    }

    private static Vec chosen(Condition condition, Vec then, Vec otherwise) {
        return Vec.of(
                condition.select(then.x(), otherwise.x()),
                condition.select(then.y(), otherwise.y()),
                condition.select(then.z(), otherwise.z()));
    }
}
