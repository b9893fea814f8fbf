package org.kernfield.reference.internal;

import org.kernfield.kernel.Slot;

import java.util.Arrays;

/**
 * Encloses every line's value in an interval that holds whatever rounded arithmetic may give, and
 * marks the lanes in which rounding may turn a comparison or a floor the other way. To first order
 * the interval's radius is the running error bound of Wilkinson's analysis (N. J. Higham, Accuracy
 * and Stability of Numerical Algorithms, section 3.3).
 *
 * <p>An interval of two NaNs stands for a result that must be NaN, an unbounded one for a result of
 * which nothing can be said.
 */
final class Enclosures extends Lanes {
    private static final double HALF_PI = Math.PI / 2;
    private static final double LEAST_OF_LGAMMA = 1.4616321449683623;

    /** What two implementations in double may differ by, in units of max(1, |y|). */
    private static final double BESSEL_UNITS = 4;

    private static final double NARROW = 1e-3;

    private final double[][] low;
    private final double[][] high;
    private final boolean[][] forked;
    private final double unit;
    private final double overflow;
    private final double smallest;
    private final Use use;
    private final double[] tolerance;
    private final double[] least;
    private final double[] greatest;

    /** What a result is, which decides what is allowed of it. */
    enum Use {
        /** It stands alone: its enclosure. */
        VALUE,
        /** A term of a sum: {@code unit · |term|}, and its enclosure where rounding may fork it. */
        TERM,
        /** A term of a sum whose own rounding counts too: both for every term. */
        ROUNDED_TERM
    }

    Enclosures(Code code, Reader[] readers, int lanes, double unit, Use use) {
        super(code, readers, lanes);
        this.unit = unit;
        // coarser than double arithmetic: single precision, with its range
        this.overflow = unit > 1e-12 ? 1e37 : 1e300;
        // exponentials may end a little above the smallest normal number
        this.smallest = unit > 1e-12 ? 2 * Float.MIN_NORMAL : 1e-301;
        this.use = use;
        low = new double[code.lines][lanes];
        high = new double[code.lines][lanes];
        forked = new boolean[code.lines][lanes];
        tolerance = new double[lanes];
        least = new double[lanes];
        greatest = new double[lanes];
    }

    @Override
    double[] low(int result, int lanes) {
        int line = code.results[result];
        for (int k = 0; k < lanes; k++) {
            double v = value[line][k];
            least[k] = counts(line, k) ? low[line][k] : v - unit * Math.abs(v);
        }
        return least;
    }

    @Override
    double[] high(int result, int lanes) {
        int line = code.results[result];
        for (int k = 0; k < lanes; k++) {
            double v = value[line][k];
            greatest[k] = counts(line, k) ? high[line][k] : v + unit * Math.abs(v);
        }
        return greatest;
    }

    /** Whether the enclosure is meant and not the relative precision of the value alone. */
    private boolean counts(int line, int k) {
        return use != Use.TERM
                || forked[line][k]
                || !Double.isFinite(low[line][k])
                || !Double.isFinite(high[line][k]);
    }

    @Override
    double[] terms(int result, int lanes) {
        int line = code.results[result];
        for (int k = 0; k < lanes; k++) {
            double v = value[line][k];
            double radius = Math.max(high[line][k] - v, v - low[line][k]);
            if (Double.isNaN(low[line][k])) {
                tolerance[k] = Double.NaN;
            } else if (Double.isNaN(radius)) {
                tolerance[k] = Double.POSITIVE_INFINITY;
            } else if (use == Use.VALUE) {
                tolerance[k] = radius;
            } else {
                boolean counts =
                        use == Use.ROUNDED_TERM
                                || forked[line][k]
                                || radius == Double.POSITIVE_INFINITY;
                tolerance[k] = unit * Math.abs(v) + underflow(v) + (counts ? radius : 0);
            }
        }
        return tolerance;
    }

    @Override
    void load(int line, Index index, int lanes) {
        super.load(line, index, lanes);
        exact(line, lanes);
        Slot slot = code.slots.get(code.a[line]);
        if (slot.role() == Slot.Role.PAIR) {
            Reader reader = readers[code.a[line]];
            for (int k = 0; k < lanes; k++) {
                int row = index.row(Slot.Role.PAIR, k);
                low[line][k] = Math.min(low[line][k], reader.low(row, code.b[line]));
                high[line][k] = Math.max(high[line][k], reader.high(row, code.b[line]));
            }
        }
    }

    @Override
    void constant(int line, int lanes) {
        super.constant(line, lanes);
        exact(line, lanes);
    }

    /** A number as given: exact where single precision holds it. */
    private void exact(int line, int lanes) {
        for (int k = 0; k < lanes; k++) {
            double v = value[line][k];
            boolean held = v == (float) v || Double.isNaN(v);
            low[line][k] = held ? v : v - unit * Math.abs(v);
            high[line][k] = held ? v : v + unit * Math.abs(v);
        }
    }

    @Override
    void spread(int line, int lanes) {
        super.spread(line, lanes);
        Arrays.fill(low[line], 1, lanes, low[line][0]);
        Arrays.fill(high[line], 1, lanes, high[line][0]);
        Arrays.fill(forked[line], 1, lanes, forked[line][0]);
    }

    @Override
    void apply(int line, int lanes) {
        super.apply(line, lanes);
        for (int k = 0; k < lanes; k++) {
            enclose(line, k);
        }
    }

    private void enclose(int line, int k) {
        double al = low[code.a[line]][k];
        double ah = high[code.a[line]][k];
        int arity = code.op[line].arity();
        double bl = arity > 1 ? low[code.b[line]][k] : 0;
        double bh = arity > 1 ? high[code.b[line]][k] : 0;
        boolean fork =
                forked[code.a[line]][k]
                        || arity > 1 && forked[code.b[line]][k]
                        || arity > 2 && forked[code.c[line]][k]
                        || arity > 3 && forked[code.d[line]][k];
        switch (code.op[line]) {
            case ADD -> rounded(line, k, al + bl, ah + bh);
            case SUBTRACT -> rounded(line, k, al - bh, ah - bl);
            case MULTIPLY -> product(line, k, 0, 0);
            case FMA -> product(line, k, low[code.c[line]][k], high[code.c[line]][k]);
            case DIVIDE -> quotient(line, k, al, ah, bl, bh);
            case NEGATE -> set(line, k, -ah, -al);
            case ABS -> {
                double least = al <= 0 && ah >= 0 ? 0 : Math.min(Math.abs(al), Math.abs(ah));
                set(line, k, least, Math.max(Math.abs(al), Math.abs(ah)));
            }
            case MIN -> set(line, k, Math.min(al, bl), Math.min(ah, bh));
            case MAX -> set(line, k, Math.max(al, bl), Math.max(ah, bh));
            case FLOOR -> {
                fork |= Math.floor(al) != Math.floor(ah);
                set(line, k, Math.floor(al), Math.floor(ah));
            }
            case SQRT -> domain(line, k, al, ah, Math.sqrt(al), Math.sqrt(ah), 0);
            case LOG -> domain(line, k, al, ah, Math.log(al), Math.log(ah), unit);
            case EXP -> {
                double argument = 1 + unit * Math.max(Math.abs(al), Math.abs(ah));
                rounded(line, k, Math.exp(al) / argument, Math.exp(ah) * argument);
            }
            case TANH -> rounded(line, k, Math.tanh(al), Math.tanh(ah));
            case SIN -> wave(line, k, al, ah);
            case COS -> wave(line, k, al + HALF_PI, ah + HALF_PI);
            case LESS -> condition(line, k, ah < bl, al >= bh);
            case LESS_EQUAL -> condition(line, k, ah <= bl, al > bh);
            case SELECT -> fork = select(line, k);
            case EXPM1, SIGMOID, SOFTPLUS -> {
                double argument = 1 + unit * Math.max(Math.abs(al), Math.abs(ah));
                double fl = apply(line, al);
                double fh = apply(line, ah);
                rounded(
                        line,
                        k,
                        fl > 0 ? fl / argument : fl * argument,
                        fh > 0 ? fh * argument : fh / argument);
            }
            case ERF -> rounded(line, k, apply(line, al), apply(line, ah));
            case LOG1P -> {
                if (ah < -1) {
                    set(line, k, Double.NaN, Double.NaN);
                } else if (al < -1) {
                    set(line, k, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
                } else {
                    rounded(line, k, Math.log1p(al), Math.log1p(ah));
                }
            }
            case DIGAMMA -> domain(line, k, al, ah, apply(line, al), apply(line, ah), unit);
            case LGAMMA -> lgamma(line, k, al, ah);
            case ACOS -> {
                if (al > 1 || ah < -1) {
                    set(line, k, Double.NaN, Double.NaN);
                } else if (al < -1 || ah > 1) {
                    set(line, k, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
                } else {
                    rounded(line, k, Math.acos(ah), Math.acos(al));
                }
            }
            case ATAN2 -> fork |= angle(line, k, al, ah, bl, bh);
            case POW -> power(line, k, al, ah, bl, bh);
            case RANDOM -> fork |= random(line, k);
            case LOG_BESSEL_I, LOG_BESSEL_I_BY_X, LOG_BESSEL_I_BY_ORDER -> bessel(line, k, false);
            case LOG_BESSEL_K, LOG_BESSEL_K_BY_X, LOG_BESSEL_K_BY_ORDER -> bessel(line, k, true);
        }
        forked[line][k] = fork;
    }

    private double apply(int line, double operand) {
        return code.op[line].apply(operand, 0, 0);
    }

    /** Falls from 0 to its least value at 1.4616 and rises from there. */
    private void lgamma(int line, int k, double al, double ah) {
        double fl = apply(line, al);
        double fh = apply(line, ah);
        double least = al < LEAST_OF_LGAMMA && ah > LEAST_OF_LGAMMA ? -0.12149 : Math.min(fl, fh);
        domain(line, k, al, ah, least, Math.max(fl, fh), unit);
    }

    /**
     * Where operands are known to a thousandth the corners bound the value but for terms of second
     * order; elsewhere nothing is said.
     */
    private void bessel(int line, int k, boolean isEven) {
        int a = code.a[line];
        int b = code.b[line];
        boolean isPoint = low[a][k] == high[a][k] && low[b][k] == high[b][k];
        boolean isNarrow =
                high[a][k] - low[a][k] <= NARROW * Math.max(1, Math.abs(value[a][k]))
                        && high[b][k] - low[b][k] <= NARROW * value[b][k];
        boolean isDefined = low[b][k] >= 0 && (low[a][k] >= 0 || isEven);
        if (!isPoint && !(isNarrow && isDefined)) {
            set(line, k, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            return;
        }
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double order : new double[] {low[a][k], high[a][k]}) {
            for (double x : new double[] {low[b][k], high[b][k]}) {
                double v = code.op[line].apply(order, x, 0);
                least = Math.min(least, v);
                greatest = Math.max(greatest, v);
            }
        }
        double slack = BESSEL_UNITS * unit;
        rounded(
                line,
                k,
                least - slack * Math.max(1, Math.abs(least)),
                greatest + slack * Math.max(1, Math.abs(greatest)));
    }

    /** Returns whether the operands may lie on either side of the negative x axis. */
    private boolean angle(int line, int k, double yl, double yh, double xl, double xh) {
        if (xl <= 0 && yl <= 0 && yh >= 0) {
            set(line, k, -4, 4);
            return true;
        }
        double p = Math.atan2(yl, xl);
        double q = Math.atan2(yl, xh);
        double r = Math.atan2(yh, xl);
        double s = Math.atan2(yh, xh);
        rounded(
                line,
                k,
                Math.min(Math.min(p, q), Math.min(r, s)),
                Math.max(Math.max(p, q), Math.max(r, s)));
        return false;
    }

    /** exp(b log a), each factor of which is rounded; monotone in either operand for a > 0. */
    private void power(int line, int k, double al, double ah, double bl, double bh) {
        boolean isPoint = al == ah && bl == bh;
        if (al <= 0 && !isPoint) {
            set(line, k, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            return;
        }
        double p = Math.pow(al, bl);
        double q = Math.pow(al, bh);
        double r = Math.pow(ah, bl);
        double s = Math.pow(ah, bh);
        double logarithm =
                Math.max(Math.abs(Math.log(Math.abs(al))), Math.abs(Math.log(Math.abs(ah))));
        double exponent = Math.max(Math.abs(bl), Math.abs(bh));
        double slack = al == 0 ? 0 : unit * exponent * (1 + logarithm);
        double least = Math.min(Math.min(p, q), Math.min(r, s));
        double greatest = Math.max(Math.max(p, q), Math.max(r, s));
        rounded(line, k, least - slack * Math.abs(least), greatest + slack * Math.abs(greatest));
    }

    /** Returns whether rounding may lead to another number. */
    private boolean random(int line, int k) {
        boolean same = true;
        for (int operand : new int[] {code.a[line], code.b[line], code.c[line], code.d[line]}) {
            same &= Math.rint(low[operand][k]) == Math.rint(high[operand][k]);
            same &= Math.abs(low[operand][k]) <= 0x1p24 == Math.abs(high[operand][k]) <= 0x1p24;
        }
        double v = value[line][k];
        set(line, k, same ? v : Double.NEGATIVE_INFINITY, same ? v : Double.POSITIVE_INFINITY);
        return !same;
    }

    private void product(int line, int k, double cl, double ch) {
        double al = low[code.a[line]][k];
        double ah = high[code.a[line]][k];
        double bl = low[code.b[line]][k];
        double bh = high[code.b[line]][k];
        double p = al * bl;
        double q = al * bh;
        double r = ah * bl;
        double s = ah * bh;
        double least = Math.min(Math.min(p, q), Math.min(r, s));
        double greatest = Math.max(Math.max(p, q), Math.max(r, s));
        if (code.a[line] == code.b[line]) {
            least = al <= 0 && ah >= 0 ? 0 : Math.min(p, s);
        }
        if (code.op[line] == org.kernfield.kernel.Op.FMA) {
            // whether the product is rounded on its own is left open
            least += cl - unit * Math.abs(least);
            greatest += ch + unit * Math.abs(greatest);
        }
        rounded(line, k, least, greatest);
    }

    private void quotient(int line, int k, double al, double ah, double bl, double bh) {
        if (bl <= 0 && bh >= 0) {
            set(line, k, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            return;
        }
        double p = al / bl;
        double q = al / bh;
        double r = ah / bl;
        double s = ah / bh;
        rounded(
                line,
                k,
                Math.min(Math.min(p, q), Math.min(r, s)),
                Math.max(Math.max(p, q), Math.max(r, s)));
    }

    /** An increasing function that exists for operands of 0 or more. */
    private void domain(
            int line, int k, double al, double ah, double fl, double fh, double absolute) {
        if (ah < 0) {
            set(line, k, Double.NaN, Double.NaN);
        } else if (al < 0) {
            set(line, k, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        } else {
            rounded(line, k, fl - absolute, fh + absolute);
        }
    }

    /** sin, whose slope is at most 1 and whose argument is reduced with rounding of its own. */
    private void wave(int line, int k, double al, double ah) {
        double v = value[line][k];
        double radius = ah - al + unit * Math.max(Math.abs(al), Math.abs(ah));
        rounded(line, k, Math.max(-1, v - radius), Math.min(1, v + radius));
    }

    private void condition(int line, int k, boolean surely, boolean surelyNot) {
        boolean not = surelyNot || isNaN(code.a[line], k) || isNaN(code.b[line], k);
        low[line][k] = surely ? 1 : 0;
        high[line][k] = not ? 0 : 1;
    }

    /** Returns whether the outcome is open or the chosen branch is. */
    private boolean select(int line, int k) {
        int then = code.b[line];
        int otherwise = code.c[line];
        double surely = low[code.a[line]][k];
        double possibly = high[code.a[line]][k];
        if (surely == possibly) {
            int chosen = surely != 0 ? then : otherwise;
            low[line][k] = low[chosen][k];
            high[line][k] = high[chosen][k];
            return forked[chosen][k];
        }
        if (isNaN(then, k) || isNaN(otherwise, k)) {
            low[line][k] = Double.NEGATIVE_INFINITY;
            high[line][k] = Double.POSITIVE_INFINITY;
        } else {
            low[line][k] = Math.min(low[then][k], low[otherwise][k]);
            high[line][k] = Math.max(high[then][k], high[otherwise][k]);
        }
        return true;
    }

    private boolean isNaN(int line, int k) {
        return Double.isNaN(low[line][k]);
    }

    /** Rounding is monotone, so that each end moves by its own rounding only. */
    private void rounded(int line, int k, double least, double greatest) {
        set(
                line,
                k,
                least - unit * Math.abs(least) - underflow(least),
                greatest + unit * Math.abs(greatest) + underflow(greatest));
    }

    private double underflow(double bound) {
        return bound == 0 ? 0 : smallest;
    }

    private void set(int line, int k, double least, double greatest) {
        int arity = code.op[line].arity();
        boolean mustBeNaN =
                isNaN(code.a[line], k)
                        || arity > 1 && isNaN(code.b[line], k)
                        || arity > 2 && isNaN(code.c[line], k)
                        || Double.isNaN(value[line][k])
                                && Double.isNaN(least)
                                && Double.isNaN(greatest);
        if (mustBeNaN) {
            low[line][k] = Double.NaN;
            high[line][k] = Double.NaN;
        } else if (least >= -overflow && greatest <= overflow) {
            low[line][k] = least;
            high[line][k] = greatest;
        } else {
            low[line][k] = Double.NEGATIVE_INFINITY;
            high[line][k] = Double.POSITIVE_INFINITY;
        }
    }
}
