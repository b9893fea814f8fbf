package org.kernfield.cpu.internal.code;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

import org.kernfield.kernel.Op;

/** Bessel functions of vectors, lane by lane in float64; called by generated code. */
final class BesselLanes {
    private BesselLanes() {}

    static FloatVector apply(Op op, FloatVector order, FloatVector x) {
        float[] orders = order.toArray();
        float[] values = x.toArray();
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) op.apply(orders[k], values[k], 0);
        }
        return FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, values, 0);
    }

    static DoubleVector apply(Op op, DoubleVector order, DoubleVector x) {
        double[] orders = order.toArray();
        double[] values = x.toArray();
        for (int k = 0; k < values.length; k++) {
            values[k] = op.apply(orders[k], values[k], 0);
        }
        return DoubleVector.fromArray(DoubleVector.SPECIES_PREFERRED, values, 0);
    }
}
