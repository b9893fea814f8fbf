package org.kernfield.kernel;

import java.util.List;
import java.util.Optional;

/**
 * A real-valued expression: a constant, a component of a {@link Slot}, an {@link Op} applied to
 * others, a {@link RadialProfile} of one, or a {@link Contraction} of two slots. Immutable; sharing
 * a sub-expression shares its value.
 *
 * <p>The set is closed: plugins compose expressions, they do not subclass them.
 */
public abstract sealed class Expr {
    private Expr() {}

    /** A number. */
    public static final class Constant extends Expr {
        private final double value;

        Constant(double value) {
            this.value = value;
        }

        public double value() {
            return value;
        }
    }

    /** One component of a slot. */
    public static final class Read extends Expr {
        private final Slot slot;
        private final int component;

        Read(Slot slot, int component) {
            this.slot = slot;
            this.component = component;
        }

        public Slot slot() {
            return slot;
        }

        /** Index within the slot, 0 to width − 1. */
        public int component() {
            return component;
        }
    }

    /** An operation on other expressions. */
    public static final class Apply extends Expr {
        private final Op op;
        private final List<Expr> operands;

        Apply(Op op, List<Expr> operands) {
            this.op = op;
            this.operands = operands;
        }

        public Op op() {
            return op;
        }

        public List<Expr> operands() {
            return operands;
        }
    }

    /**
     * A radial profile φ(s) of s = r². It has the value of {@link #expansion()}, but its derivative
     * comes from the family, so that nothing is 0·∞ where s = 0.
     */
    public static final class Profile extends Expr {
        private final RadialProfile family;
        private final Expr squaredDistance;
        private final Expr expansion;

        Profile(RadialProfile family, Expr squaredDistance) {
            this.family = family;
            this.squaredDistance = squaredDistance;
            this.expansion = family.expand(squaredDistance);
        }

        public RadialProfile family() {
            return family;
        }

        public Expr squaredDistance() {
            return squaredDistance;
        }

        public Expr expansion() {
            return expansion;
        }
    }

    /** A {@link Contraction} of two slots. */
    public static final class Contract extends Expr {
        private final Contraction kind;
        private final Slot left;
        private final Slot right;
        private final Slot scale;

        Contract(Contraction kind, Slot left, Slot right, Slot scale) {
            this.kind = kind;
            this.left = left;
            this.right = right;
            this.scale = scale;
        }

        public Contraction kind() {
            return kind;
        }

        public Slot left() {
            return left;
        }

        public Slot right() {
            return right;
        }

        /** The uniform that scales the components of both. */
        public Optional<Slot> scale() {
            return Optional.ofNullable(scale);
        }
    }

    /** The number {@code value}. */
    public static Expr of(double value) {
        return new Constant(value);
    }

    public Expr plus(Expr other) {
        return Simplify.apply(Op.ADD, this, other);
    }

    public Expr plus(double other) {
        return plus(of(other));
    }

    public Expr minus(Expr other) {
        return Simplify.apply(Op.SUBTRACT, this, other);
    }

    public Expr minus(double other) {
        return minus(of(other));
    }

    public Expr times(Expr other) {
        return Simplify.apply(Op.MULTIPLY, this, other);
    }

    public Expr times(double other) {
        return times(of(other));
    }

    public Expr dividedBy(Expr other) {
        return Simplify.apply(Op.DIVIDE, this, other);
    }

    public Expr dividedBy(double other) {
        return dividedBy(of(other));
    }

    public Expr negate() {
        return Simplify.apply(Op.NEGATE, this);
    }

    /** {@code this * factor + addend} with one rounding. */
    public Expr fma(Expr factor, Expr addend) {
        return Simplify.apply(Op.FMA, this, factor, addend);
    }

    public Expr abs() {
        return Simplify.apply(Op.ABS, this);
    }

    public Expr min(Expr other) {
        return Simplify.apply(Op.MIN, this, other);
    }

    public Expr max(Expr other) {
        return Simplify.apply(Op.MAX, this, other);
    }

    /** Limited to {@code [low, high]}; the derivative is 0 outside and 1 inside. */
    public Expr clamp(double low, double high) {
        return min(of(high)).max(of(low));
    }

    public Expr floor() {
        return Simplify.apply(Op.FLOOR, this);
    }

    public Expr sqrt() {
        return Simplify.apply(Op.SQRT, this);
    }

    public Expr exp() {
        return Simplify.apply(Op.EXP, this);
    }

    public Expr log() {
        return Simplify.apply(Op.LOG, this);
    }

    public Expr sin() {
        return Simplify.apply(Op.SIN, this);
    }

    public Expr cos() {
        return Simplify.apply(Op.COS, this);
    }

    public Expr tanh() {
        return Simplify.apply(Op.TANH, this);
    }

    /** exp(this) − 1 without cancellation near 0. */
    public Expr expm1() {
        return Simplify.apply(Op.EXPM1, this);
    }

    /** log(1 + this) without cancellation near 0. */
    public Expr log1p() {
        return Simplify.apply(Op.LOG1P, this);
    }

    /** 1/√this, two roundings. */
    public Expr rsqrt() {
        return of(1).dividedBy(sqrt());
    }

    /**
     * This to a power; whole ones up to 16 by repeated multiplication and halves by the square
     * root, whatever the sign of this.
     */
    public Expr pow(double exponent) {
        return Powers.of(this, exponent);
    }

    /** This to a power, {@link Op#POW}. */
    public Expr pow(Expr exponent) {
        return exponent instanceof Constant c
                ? pow(c.value())
                : Simplify.apply(Op.POW, this, exponent);
    }

    /** The angle whose cosine this is. */
    public Expr acos() {
        return Simplify.apply(Op.ACOS, this);
    }

    /** The angle of the point (x, this). */
    public Expr atan2(Expr x) {
        return Simplify.apply(Op.ATAN2, this, x);
    }

    public Expr erf() {
        return Simplify.apply(Op.ERF, this);
    }

    /** Logarithm of the gamma function, for this ≥ 0. */
    public Expr lgamma() {
        return Simplify.apply(Op.LGAMMA, this);
    }

    /** Derivative of {@link #lgamma()}. */
    public Expr digamma() {
        return Simplify.apply(Op.DIGAMMA, this);
    }

    /** log I_order(this), of the modified Bessel function, for an order and this ≥ 0. */
    public Expr logBesselI(Expr order) {
        return Simplify.apply(Op.LOG_BESSEL_I, order, this);
    }

    /** log K_order(this), of the modified Bessel function, for this ≥ 0. */
    public Expr logBesselK(Expr order) {
        return Simplify.apply(Op.LOG_BESSEL_K, order, this);
    }

    public Expr sigmoid() {
        return Simplify.apply(Op.SIGMOID, this);
    }

    public Expr softplus() {
        return Simplify.apply(Op.SOFTPLUS, this);
    }

    /**
     * A number uniform in [0, 1), a function of the four; each is rounded to a whole number and
     * must be within ±2²⁴. Its derivative is 0.
     */
    public static Expr random(Expr seed, Expr step, Expr stream, Expr index) {
        return Simplify.apply(Op.RANDOM, seed, step, stream, index);
    }

    /**
     * A standard normal number by Box and Muller's transform, from the uniform numbers of indices
     * 2·index and 2·index + 1, so that |index| must stay below 2²³.
     */
    public static Expr normal(Expr seed, Expr step, Expr stream, Expr index) {
        Expr even = index.times(2);
        // in (0, 1], so that the logarithm is finite
        Expr radius = of(1).minus(random(seed, step, stream, even));
        Expr turn = random(seed, step, stream, even.plus(1));
        return radius.log().times(-2).sqrt().times(turn.times(2 * Math.PI).cos());
    }

    public Expr square() {
        return times(this);
    }

    /** The profile φ of this squared distance. */
    public Expr radial(RadialProfile family) {
        return new Profile(family, this);
    }

    public Condition lessThan(Expr other) {
        return new Condition(Simplify.apply(Op.LESS, this, other));
    }

    public Condition greaterThan(Expr other) {
        return other.lessThan(this);
    }

    public Condition atLeast(Expr other) {
        return other.atMost(this);
    }

    public Condition atMost(Expr other) {
        return new Condition(Simplify.apply(Op.LESS_EQUAL, this, other));
    }

    /** The formula, with every sub-expression written out. */
    @Override
    public String toString() {
        return Formula.of(this);
    }
}
