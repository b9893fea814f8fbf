package org.kernfield.reference.internal;

import org.kernfield.backend.Compositing;

/**
 * The layers of one pixel laid over each other as {@link Compositing} says, in intervals. Without a
 * tolerance every interval is one number. With one, decisions that rounding may turn are left open:
 * a layer that may be skipped, or that lies behind one where it may have stopped, may be absent.
 */
final class Blend {
    /** Roundings of a product T · (1 − a) as a share of the tolerance of one operation. */
    private static final double SHARE = 0.25;

    private final Compositing constants;
    private final double unit;

    /** T before each layer, a of it, and T · a or 0; zeros where it surely has no part. */
    final Interval[] before;

    final Interval[] opacity;
    final Interval[] weight;

    /** Whether it may have a part. */
    final boolean[] isPresent;

    /** Whether the derivative by α may be zero, and whether it surely is. */
    final boolean[] mayBeConstant;

    final boolean[] isConstant;

    /** T behind the last layer. */
    Interval transmittance = Interval.ONE;

    Blend(Layers layers, Compositing constants, double unit) {
        this.constants = constants;
        this.unit = unit;
        int count = layers.count();
        before = new Interval[count];
        opacity = new Interval[count];
        weight = new Interval[count];
        isPresent = new boolean[count];
        mayBeConstant = new boolean[count];
        isConstant = new boolean[count];
        lay(layers.opacity);
    }

    private void lay(Layers.Bounds alpha) {
        Interval running = Interval.ONE;
        Interval stopped = null;
        boolean isStopped = false;
        for (int k = 0; k < before.length; k++) {
            before[k] = running;
            double highest = Math.min(alpha.high[k], constants.alphaMax());
            double lowest = Math.min(alpha.low[k], constants.alphaMax());
            boolean maySkip = lowest < constants.alphaMin();
            if (isStopped || highest < constants.alphaMin()) {
                absent(k);
                continue;
            }
            // a layer that is not skipped is at least so opaque
            // and the largest opacity is rounded, too
            var a =
                    new Interval(maySkip ? constants.alphaMin() : lowest, highest)
                            .rounded(unit * SHARE);
            Interval next = running.times(Interval.ONE.minus(a)).rounded(unit * SHARE);
            if (next.low() < constants.transmittanceMin()) {
                stopped = stopped == null ? running : stopped.or(running);
                isStopped = !maySkip && next.high() < constants.transmittanceMin();
                if (isStopped) {
                    absent(k);
                    continue;
                }
            }
            isPresent[k] = true;
            boolean mayBeAbsent = maySkip || stopped != null;
            opacity[k] = a;
            Interval w = running.times(a).rounded(unit * SHARE);
            weight[k] = mayBeAbsent ? w.or(Interval.ZERO) : w;
            mayBeConstant[k] = mayBeAbsent || alpha.high[k] > constants.alphaMax();
            isConstant[k] = alpha.low[k] > constants.alphaMax();
            running = maySkip ? next.or(running) : next;
        }
        transmittance = isStopped ? stopped : stopped == null ? running : running.or(stopped);
    }

    private void absent(int k) {
        opacity[k] = Interval.ZERO;
        weight[k] = Interval.ZERO;
        mayBeConstant[k] = true;
        isConstant[k] = true;
    }
}
