package org.kernfield.cpu.internal.code;

/** Constants and the parts of {@link Elementary} that are particular to float64. */
final class DoubleElementary extends Elementary {
    /** ln 2 cut after 32 bits, and the rest. */
    private static final double LN2_HIGH = 0.6931471803691238;

    private static final double LN2_LOW = 1.9082149292705877e-10;

    /** π/2 cut after 33 bits, after 33 more, and the rest. */
    private static final double[] HALF_PI = {
        1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21
    };

    DoubleElementary(LaneCode v) {
        super(v);
    }

    @Override
    double lowest() {
        return -708.3;
    }

    @Override
    double highest() {
        return 709.78;
    }

    @Override
    int withoutMultiplesOfLn2(int n, int a) {
        int r = v.fma(n, v.constant(-LN2_HIGH), a);
        return v.fma(n, v.constant(-LN2_LOW), r);
    }

    @Override
    int boundedExp(double k, int s) {
        return boundedExp(v.multiply(s, v.constant(k)));
    }

    @Override
    int expOfRemainder(int r) {
        // 1 + (r + r² q(r)): the last addition alone decides the error
        int q = polynomial(r, Coefficients.EXP_64);
        return v.add(v.fma(v.multiply(r, r), q, r), v.constant(1));
    }

    @Override
    double[] powerOfTwo() {
        return Coefficients.EXP2_64;
    }

    /** f − f²/2 + s (f²/2 + s² L(s²)) with s = f / (2 + f). */
    @Override
    int log(int f, int e) {
        int s = v.divide(f, v.add(f, v.constant(2)));
        int s2 = v.multiply(s, s);
        int half = v.multiply(v.multiply(f, f), v.constant(0.5));
        int inner = v.fma(s2, polynomial(s2, Coefficients.LOG_64), half);
        int tail = v.fma(s, inner, v.multiply(e, v.constant(LN2_LOW)));
        int y = v.add(v.subtract(tail, half), f);
        return v.fma(e, v.constant(LN2_HIGH), y);
    }

    @Override
    double[] halfPi() {
        return HALF_PI;
    }

    @Override
    double[] sine() {
        return Coefficients.SIN_64;
    }

    @Override
    double[] cosine() {
        return Coefficients.COS_64;
    }

    @Override
    double[] hyperbolicTangent() {
        return Coefficients.TANH_64;
    }
}
