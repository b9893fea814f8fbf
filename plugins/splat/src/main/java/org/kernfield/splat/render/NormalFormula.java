package org.kernfield.splat.render;

import org.kernfield.kernel.Condition;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.Vec;

/** The direction in which a splat is flattest. */
final class NormalFormula {
    private NormalFormula() {}

    /** The shortest axis, in the world's axes, of length 1 and turned to the camera. */
    static Vec of(SplatFormula splat) {
        Mat axes = splat.projected().axes();
        var squared = new Expr[3];
        for (int c = 0; c < 3; c++) {
            squared[c] = axes.column(c).squaredNorm();
        }
        Vec axis =
                chosen(
                        squared[0].min(squared[1]).atMost(squared[2]),
                        chosen(squared[0].atMost(squared[1]), axes.column(0), axes.column(1)),
                        axes.column(2));
        Expr away = splat.camera().away(axis);
        return axis.normalised().times(away.atMost(Expr.of(0)).select(Expr.of(1), -1));
    }

    private static Vec chosen(Condition condition, Vec then, Vec otherwise) {
        return Vec.of(
                condition.select(then.x(), otherwise.x()),
                condition.select(then.y(), otherwise.y()),
                condition.select(then.z(), otherwise.z()));
    }
}
