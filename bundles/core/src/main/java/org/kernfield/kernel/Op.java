package org.kernfield.kernel;

import org.kernfield.kernel.bessel.LogBessel;

/**
 * The operations a program may use. Semantics are IEEE 754 on reals; comparisons yield a condition,
 * which only {@link #SELECT} consumes.
 *
 * <p>Derivatives at kinks: {@code abs} and {@code floor} have derivative 0 in the second and the
 * sign of the right-hand limit in the first; {@code min} and {@code max} pass the whole cotangent
 * to the first operand at a tie; {@code select} passes it to the chosen branch only.
 */
public enum Op {
    ADD("+", 2),
    SUBTRACT("-", 2),
    MULTIPLY("*", 2),
    DIVIDE("/", 2),
    NEGATE("-", 1),
    /** {@code a * b + c} with one rounding. */
    FMA("fma", 3),
    ABS("abs", 1),
    MIN("min", 2),
    MAX("max", 2),
    /** Largest integer not above the operand. */
    FLOOR("floor", 1),
    SQRT("sqrt", 1),
    EXP("exp", 1),
    /** Natural logarithm. */
    LOG("log", 1),
    /** Sine of an angle in radians. */
    SIN("sin", 1),
    /** Cosine of an angle in radians. */
    COS("cos", 1),
    TANH("tanh", 1),
    /** Condition: first operand below the second; false when either is NaN. */
    LESS("<", 2),
    /** Condition: first operand not above the second; false when either is NaN. */
    LESS_EQUAL("<=", 2),
    /** {@code condition ? a : b}; the branch not taken has no influence, NaN or not. */
    SELECT("select", 3),
    /** exp(a) − 1. */
    EXPM1("expm1", 1),
    /** log(1 + a), NaN below −1. */
    LOG1P("log1p", 1),
    /** {@code a} to the power {@code b}; NaN for a negative base unless {@code b} is whole. */
    POW("pow", 2),
    /** Angle in [0, π] whose cosine is the operand; NaN outside [−1, 1]. */
    ACOS("acos", 1),
    /** Angle of the point (x = b, y = a) in [−π, π]; a zero has no sign here. */
    ATAN2("atan2", 2),
    /** 2/√π ∫₀ᵃ exp(−t²) dt. */
    ERF("erf", 1),
    /** Logarithm of the gamma function of a ≥ 0, +∞ at 0, NaN below. */
    LGAMMA("lgamma", 1),
    /** Derivative of {@link #LGAMMA}; −∞ at 0, NaN below. */
    DIGAMMA("digamma", 1),
    /** 1/(1 + exp(−a)). */
    SIGMOID("sigmoid", 1),
    /** log(1 + exp a). */
    SOFTPLUS("softplus", 1),
    /**
     * A multiple of 2⁻²⁴, uniform in [0, 1), as a function of seed, step, stream and index: the
     * upper bits of the first word of Philox 4×32-10. The operands are rounded to whole numbers;
     * NaN unless each is within ±2²⁴.
     */
    RANDOM("random", 4),
    /** log I_a(b), of the modified Bessel function of order a ≥ 0 at b ≥ 0, NaN below. */
    LOG_BESSEL_I("logbesseli", 2),
    /** Derivative of {@link #LOG_BESSEL_I} by b. */
    LOG_BESSEL_I_BY_X("logbesseli_x", 2),
    /** Derivative of {@link #LOG_BESSEL_I} by the order a. */
    LOG_BESSEL_I_BY_ORDER("logbesseli_order", 2),
    /** log K_a(b), of the modified Bessel function of order a at b ≥ 0, NaN below. */
    LOG_BESSEL_K("logbesselk", 2),
    /** Derivative of {@link #LOG_BESSEL_K} by b. */
    LOG_BESSEL_K_BY_X("logbesselk_x", 2),
    /** Derivative of {@link #LOG_BESSEL_K} by the order a. */
    LOG_BESSEL_K_BY_ORDER("logbesselk_order", 2);

    private final String symbol;
    private final int arity;

    Op(String symbol, int arity) {
        this.symbol = symbol;
        this.arity = arity;
    }

    /** How the operation is written in a formula. */
    public String symbol() {
        return symbol;
    }

    /** Number of operands, 1 to 4. */
    public int arity() {
        return arity;
    }

    /** Whether the result is a condition rather than a number. */
    public boolean isComparison() {
        return this == LESS || this == LESS_EQUAL;
    }

    /** Whether it is a logarithm of a Bessel function or a derivative of one. */
    public boolean isLogBessel() {
        return compareTo(LOG_BESSEL_I) >= 0;
    }

    /** Whether the symbol stands between its two operands. */
    boolean isInfix() {
        return switch (this) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, LESS, LESS_EQUAL -> true;
            default -> false;
        };
    }

    /**
     * The value for constant operands, in float64; conditions are 1 and 0.
     *
     * @param operands as many as the arity; more are ignored
     */
    public double apply(double... operands) {
        double a = operands[0];
        double b = operands.length > 1 ? operands[1] : 0;
        double c = operands.length > 2 ? operands[2] : 0;
        return this == RANDOM ? Philox.uniform(a, b, c, operands[3]) : apply(a, b, c);
    }

    /** The value of an operation of at most three operands, as {@link #apply(double...)}. */
    public double apply(double a, double b, double c) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case NEGATE -> -a;
            case FMA -> Math.fma(a, b, c);
            case ABS -> Math.abs(a);
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case FLOOR -> Math.floor(a);
            case SQRT -> Math.sqrt(a);
            case EXP -> Math.exp(a);
            case LOG -> Math.log(a);
            case SIN -> Math.sin(a);
            case COS -> Math.cos(a);
            case TANH -> Math.tanh(a);
            case LESS -> a < b ? 1 : 0;
            case LESS_EQUAL -> a <= b ? 1 : 0;
            case SELECT -> a != 0 ? b : c;
            case EXPM1 -> Math.expm1(a);
            case LOG1P -> Math.log1p(a);
            case POW -> a < 0 && b != Math.rint(b) ? Double.NaN : Math.pow(a, b);
            case ACOS -> Math.acos(a);
            case ATAN2 -> Math.atan2(a + 0.0, b + 0.0);
            case ERF -> SpecialFunctions.erf(a);
            case LGAMMA -> SpecialFunctions.lgamma(a);
            case DIGAMMA -> SpecialFunctions.digamma(a);
            case SIGMOID -> SpecialFunctions.sigmoid(a);
            case SOFTPLUS -> SpecialFunctions.softplus(a);
            case LOG_BESSEL_I -> LogBessel.logI(a, b);
            case LOG_BESSEL_I_BY_X -> LogBessel.logIByX(a, b);
            case LOG_BESSEL_I_BY_ORDER -> LogBessel.logIByOrder(a, b);
            case LOG_BESSEL_K -> LogBessel.logK(a, b);
            case LOG_BESSEL_K_BY_X -> LogBessel.logKByX(a, b);
            case LOG_BESSEL_K_BY_ORDER -> LogBessel.logKByOrder(a, b);
            case RANDOM -> throw new IllegalArgumentException("random: needs four operands");
        };
    }
}
