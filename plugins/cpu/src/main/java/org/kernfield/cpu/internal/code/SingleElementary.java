package org.kernfield.cpu.internal.code;

/** Constants and the parts of {@link Elementary} that are particular to float32. */
final class SingleElementary extends Elementary {
    /** Rounded to float32 it is off by 1.9e-9. */
    private static final double LN2 = 0.6931471805599453;

    private static final double LN2_HIGH = 0.693359375;
    private static final double LN2_LOW = -2.12194440054690583e-4;

    private static final double[] HALF_PI = {
        1.5703125, 4.837512969970703125e-4, 7.549789948768648e-8
    };

    SingleElementary(LaneCode v) {
        super(v);
    }

    @Override
    double lowest() {
        return -87.3;
    }

    @Override
    double highest() {
        return 88.72;
    }

    @Override
    int withoutMultiplesOfLn2(int n, int a) {
        int r = v.fma(n, v.constant(-LN2_HIGH), a);
        return v.fma(n, v.constant(-LN2_LOW), r);
    }

    /**
     * Relative error below 2e-7 + 2e-9·|k·s|: both products start at once, and ln 2 is one number.
     */
    @Override
    int boundedExp(double k, int s) {
        int z = v.fma(s, v.constant(k * LOG2_E), v.constant(round));
        int n = v.subtract(z, v.constant(round));
        int r = v.fma(n, v.constant(-LN2), v.multiply(s, v.constant(k)));
        return times(expOfRemainder(r), z);
    }

    @Override
    int expOfRemainder(int r) {
        double[] c = Coefficients.EXP;
        // two halves at a time rather than Horner's chain: the latency counts here
        int r2 = v.multiply(r, r);
        int high = v.fma(r, v.constant(c[0]), v.constant(c[1]));
        int low = v.fma(r, v.constant(c[2]), v.constant(c[3]));
        return v.fma(r2, v.fma(r2, high, low), v.add(r, v.constant(1)));
    }

    @Override
    double[] powerOfTwo() {
        return Coefficients.EXP2;
    }

    @Override
    int log(int f, int e) {
        int f2 = v.multiply(f, f);
        int tail = v.multiply(v.multiply(f2, f), polynomial(f, Coefficients.LOG));
        tail = v.fma(e, v.constant(LN2_LOW), tail);
        tail = v.fma(f2, v.constant(-0.5), tail);
        return v.fma(e, v.constant(LN2_HIGH), v.add(f, tail));
    }

    @Override
    double[] halfPi() {
        return HALF_PI;
    }

    @Override
    double[] sine() {
        return Coefficients.SIN;
    }

    @Override
    double[] cosine() {
        return Coefficients.COS;
    }

    @Override
    double[] hyperbolicTangent() {
        return Coefficients.TANH;
    }
}
