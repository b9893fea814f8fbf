package org.kernfield.splat.render;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Vec;

/**
 * The seam of an equirectangular picture, at half a turn: what crosses it is seen on both sides.
 */
final class Turn {
    private final Expr middle;
    private final Expr pixels;

    /**
     * @param intrinsics fx, fy, cx, cy in pixels; fx to a radian
     */
    Turn(Vec intrinsics) {
        middle = intrinsics.get(2);
        pixels = intrinsics.get(0).times(2 * Math.PI);
    }

    /** The same offset by whole turns, at most half a turn long. */
    Vec nearest(Vec offset) {
        Expr turns = offset.x().dividedBy(pixels).plus(0.5).floor();
        return Vec.of(offset.x().minus(turns.times(pixels)), offset.y());
    }

    /** The extent, or all columns where the box crosses the seam. */
    Vec extent(Vec centre, Vec extent) {
        Expr reach = centre.x().minus(middle).abs().plus(extent.x()).times(2);
        return Vec.of(pixels.lessThan(reach).select(pixels.times(2), extent.x()), extent.y());
    }
}
