package org.kernfield.kernel;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A small vector of expressions whose size is known when the kernel is built. */
public final class Vec implements Iterable<Expr> {
    private static final int SHOWN = 8;

    private final Expr[] components;

    private Vec(Expr[] components) {
        this.components = components;
    }

    public static Vec of(Expr... components) {
        if (components.length == 0) {
            throw new KernelException("vector: no components; give at least one");
        }
        return new Vec(components.clone());
    }

    public static Vec of(List<Expr> components) {
        return of(components.toArray(Expr[]::new));
    }

    public int size() {
        return components.length;
    }

    /** Component {@code k}, 0 to size − 1. */
    public Expr get(int k) {
        if (k < 0 || k >= components.length) {
            throw new KernelException(
                    this
                            + ": component "
                            + k
                            + " of "
                            + components.length
                            + "; use 0 to "
                            + (components.length - 1));
        }
        return components[k];
    }

    public Expr x() {
        return get(0);
    }

    public Expr y() {
        return get(1);
    }

    public Expr z() {
        return get(2);
    }

    /** Components {@code from} (inclusive) to {@code to} (exclusive). */
    public Vec slice(int from, int to) {
        return of(Arrays.copyOfRange(components, from, to));
    }

    public Vec plus(Vec other) {
        return zip("+", other, Expr::plus);
    }

    public Vec minus(Vec other) {
        return zip("-", other, Expr::minus);
    }

    /** Component by component. */
    public Vec times(Vec other) {
        return zip("*", other, Expr::times);
    }

    public Vec times(Expr factor) {
        return map(e -> e.times(factor));
    }

    public Vec times(double factor) {
        return map(e -> e.times(factor));
    }

    /**
     * Σ_k v_k w_k, left to right. One instruction, a {@link Contraction}, where both are whole
     * slots.
     */
    public Expr dot(Vec other) {
        return Contraction.DOT.of(this, other, null);
    }

    /** Σ_k s_k² v_k w_k; one instruction where both are whole slots and the scale a uniform. */
    public Expr dot(Vec other, Vec scale) {
        return Contraction.DOT.of(this, other, scale);
    }

    /**
     * |v − w|², left to right. One instruction, a {@link Contraction}, where both are whole slots.
     */
    public Expr sqdist(Vec other) {
        return Contraction.SQDIST.of(this, other, null);
    }

    /**
     * Σ_k (s_k (v_k − w_k))², with s_k the reciprocal of a length scale of its own for each
     * component; one instruction where both are whole slots and the scale a uniform.
     */
    public Expr sqdist(Vec other, Vec scale) {
        return Contraction.SQDIST.of(this, other, scale);
    }

    /** |v|², left to right. */
    public Expr squaredNorm() {
        return times(this).sum();
    }

    /** |v|; its derivative is singular at 0. */
    public Expr norm() {
        return squaredNorm().sqrt();
    }

    /** v/|v|; NaN for the zero vector. */
    public Vec normalised() {
        return times(squaredNorm().rsqrt());
    }

    /** v × w, of three components each. */
    public Vec cross(Vec other) {
        requireSize("cross product", 3);
        other.requireSize("cross product", 3);
        return of(
                y().times(other.z()).minus(z().times(other.y())),
                z().times(other.x()).minus(x().times(other.z())),
                x().times(other.y()).minus(y().times(other.x())));
    }

    /** v wᵀ. */
    public Mat outer(Vec other) {
        return Mat.ofRows(stream().map(other::times).toArray(Vec[]::new));
    }

    void requireSize(String what, int size) {
        if (components.length != size) {
            throw new KernelException(
                    what + " of " + this + ": " + components.length + " components; give " + size);
        }
    }

    /** Sum of the components, left to right. */
    public Expr sum() {
        Expr sum = components[0];
        for (int k = 1; k < components.length; k++) {
            sum = sum.plus(components[k]);
        }
        return sum;
    }

    public Stream<Expr> stream() {
        return Arrays.stream(components);
    }

    public Vec map(UnaryOperator<Expr> f) {
        return of(Arrays.stream(components).map(f).toArray(Expr[]::new));
    }

    /** The slot whose components these are, all of them and in order, or null. */
    Slot slot() {
        if (!(components[0] instanceof Expr.Read first)
                || first.slot().width() != components.length) {
            return null;
        }
        for (int k = 0; k < components.length; k++) {
            boolean follows =
                    components[k] instanceof Expr.Read r
                            && r.slot().equals(first.slot())
                            && r.component() == k;
            if (!follows) {
                return null;
            }
        }
        return first.slot();
    }

    void sameSize(String symbol, Vec other) {
        if (other.size() != size()) {
            throw new KernelException(
                    this
                            + " "
                            + symbol
                            + " "
                            + other
                            + ": "
                            + size()
                            + " components against "
                            + other.size()
                            + "; make the widths equal");
        }
    }

    private Vec zip(String symbol, Vec other, BinaryOperator<Expr> f) {
        sameSize(symbol, other);
        var result = new Expr[size()];
        for (int k = 0; k < result.length; k++) {
            result[k] = f.apply(components[k], other.components[k]);
        }
        return of(result);
    }

    @Override
    public Iterator<Expr> iterator() {
        return Arrays.asList(components).iterator();
    }

    @Override
    public String toString() {
        if (components.length <= SHOWN) {
            return Arrays.toString(components);
        }
        Slot slot = slot();
        return slot != null
                ? slot.name() + "[0.." + (components.length - 1) + "]"
                : Arrays.stream(components)
                        .limit(SHOWN)
                        .map(Expr::toString)
                        .collect(
                                Collectors.joining(
                                        ", ", "[", ", … " + components.length + " components]"));
    }
}
