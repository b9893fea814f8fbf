package org.kernfield.kernel;

/**
 * A function φ(s) of the squared distance s = r² from a family closed under d/ds.
 *
 * <p>Source: H. Wendland, Scattered Data Approximation (2005), chapter 9, for the compactly
 * supported polynomials.
 */
public sealed interface RadialProfile {
    /** φ(s) written with plain operations. */
    Expr expand(Expr s);

    /**
     * dφ/ds.
     *
     * @throws KernelException beyond the smoothness of the family
     */
    RadialProfile derivative();

    /** {@code factor · exp(−s/2)}. */
    record Gaussian(double factor) implements RadialProfile {
        public Gaussian() {
            this(1);
        }

        @Override
        public Expr expand(Expr s) {
            return s.times(-0.5).exp().times(factor);
        }

        @Override
        public RadialProfile derivative() {
            return new Gaussian(-0.5 * factor);
        }
    }

    /**
     * Wendland's compactly supported functions, positive definite in up to three dimensions and
     * zero for r ≥ 1: C2 is (1−r)⁴(4r+1), C4 is (1−r)⁶(35r²+18r+3)/3.
     *
     * @param smoothness 2 or 4: continuous derivatives in space
     * @param order which d/ds of it, 0 to smoothness / 2
     */
    record Wendland(int smoothness, int order) implements RadialProfile {
        public Wendland {
            if (smoothness != 2 && smoothness != 4) {
                throw new KernelException(
                        "Wendland C" + smoothness + ": not in the family; use C2 or C4");
            }
            if (order < 0 || order > smoothness / 2) {
                throw new KernelException(
                        "Wendland C%d, order %d in s: not in the family; use 0 to %d"
                                .formatted(smoothness, order, smoothness / 2));
            }
        }

        public Wendland(int smoothness) {
            this(smoothness, 0);
        }

        @Override
        public Expr expand(Expr s) {
            Expr r = s.sqrt();
            Expr u = Expr.of(1).minus(r).max(Expr.of(0));
            Expr u2 = u.square();
            return switch (smoothness * 10 + order) {
                case 20 -> u2.square().times(r.times(4).plus(1));
                // d/ds (1−r)⁴(4r+1) = −10 (1−r)³
                case 21 -> u2.times(u).times(-10);
                case 40 ->
                        u2.times(u2)
                                .times(u2)
                                .times(s.times(35).plus(r.times(18)).plus(3))
                                .times(1.0 / 3);
                // d/ds = −(28/3) (1−r)⁵ (5r+1), and again = 140 (1−r)⁴
                case 41 -> u2.square().times(u).times(r.times(5).plus(1)).times(-28.0 / 3);
                case 42 -> u2.square().times(140);
                default -> throw new KernelException(this + ": no such order");
            };
        }

        @Override
        public RadialProfile derivative() {
            if (order >= smoothness / 2) {
                throw new KernelException(
                        "Wendland C"
                                + smoothness
                                + ": derivative "
                                + (order + 1)
                                + " in s = r² does not exist at r = 0; use C"
                                + (smoothness + 2)
                                + " or a smoother profile");
            }
            return new Wendland(smoothness, order + 1);
        }
    }
}
