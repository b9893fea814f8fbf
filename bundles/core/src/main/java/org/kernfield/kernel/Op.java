package org.kernfield.kernel;

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
    SELECT("select", 3);

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

    /** Number of operands, 1 to 3. */
    public int arity() {
        return arity;
    }

    /** Whether the result is a condition rather than a number. */
    public boolean isComparison() {
        return this == LESS || this == LESS_EQUAL;
    }

    /** Whether the symbol stands between its two operands. */
    boolean isInfix() {
        return arity == 2 && this != MIN && this != MAX;
    }

    /** The value for constant operands, in float64; conditions are 1 and 0. */
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
        };
    }
}
