package org.kernfield.reference.internal;

/** Sums whose rounding is carried along (Neumaier), so that equal terms lose nothing either. */
final class Sums {
    private final double[] sums;
    private final double[] lost;

    Sums(int count) {
        sums = new double[count];
        lost = new double[count];
    }

    /** Adds to one of the sums; each belongs to one thread at a time. */
    void add(int at, double term) {
        double before = sums[at];
        double after = before + term;
        lost[at] +=
                Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before;
        sums[at] = after;
    }

    double get(int at) {
        // what infinities lose is not a number
        return sums[at] + (Double.isNaN(lost[at]) ? 0 : lost[at]);
    }

    /** All of them, in an array that stays this object's. */
    double[] values() {
        for (int at = 0; at < sums.length; at++) {
            sums[at] = get(at);
            lost[at] = 0;
        }
        return sums;
    }
}
