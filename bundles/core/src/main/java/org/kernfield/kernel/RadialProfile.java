package org.kernfield.kernel;

/**
 * A function φ(s) of the squared distance s = r² from a family closed under d/ds.
 *
 * <p>Sources: H. Wendland, Scattered Data Approximation (2005), chapters 8 and 9, for
 * multiquadrics, polyharmonic splines and the compactly supported polynomials; C. E. Rasmussen, C.
 * K. I. Williams, Gaussian Processes for Machine Learning (2006), section 4.2.1, for Matérn's
 * functions.
 */
public sealed interface RadialProfile {
    /** The multiquadric √(1 + s). */
    static RadialProfile multiquadric() {
        return new Multiquadric(0.5, 1);
    }

    /** The inverse multiquadric 1/√(1 + s). */
    static RadialProfile inverseMultiquadric() {
        return new Multiquadric(-0.5, 1);
    }

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
     * Wendland's compactly supported functions, positive definite in up to {@code dimension}
     * dimensions and zero for r ≥ 1. With l = ⌊d/2⌋ + 2, C2 is (1−r)^(l+1) ((l+1)r + 1); with l =
     * ⌊d/2⌋ + 3, C4 is (1−r)^(l+2) ((l+1)(l+3)r² + 3(l+2)r + 3)/3.
     *
     * @param smoothness 2 or 4: continuous derivatives in space
     * @param order which d/ds of it, 0 to smoothness / 2
     * @param dimension 1 or more
     */
    record Wendland(int smoothness, int order, int dimension) implements RadialProfile {
        private static final int USUAL_DIMENSION = 3;

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
            if (dimension < 1) {
                throw new KernelException(
                        "Wendland C%d in %d dimensions: not in the family; use 1 or more"
                                .formatted(smoothness, dimension));
            }
        }

        public Wendland(int smoothness, int order) {
            this(smoothness, order, USUAL_DIMENSION);
        }

        public Wendland(int smoothness) {
            this(smoothness, 0);
        }

        @Override
        public Expr expand(Expr s) {
            Expr r = s.sqrt();
            Expr u = Expr.of(1).minus(r).max(Expr.of(0));
            int l = dimension / 2 + smoothness / 2 + 1;
            return switch (smoothness * 10 + order) {
                case 20 -> u.pow(l + 1).times(r.times(l + 1).plus(1));
                // d/ds = −(l+1)(l+2)/2 (1−r)^l
                case 21 -> u.pow(l).times(-(l + 1) * (l + 2) / 2.0);
                case 40 ->
                        u.pow(l + 2)
                                .times(
                                        s.times((l + 1) * (l + 3))
                                                .plus(r.times(3 * (l + 2)))
                                                .plus(3))
                                .times(1.0 / 3);
                // d/ds = −(l+3)(l+4)/6 (1−r)^(l+1) ((l+1)r + 1), then as C2
                case 41 ->
                        u.pow(l + 1).times(r.times(l + 1).plus(1)).times(-(l + 3) * (l + 4) / 6.0);
                default -> u.pow(l).times((l + 1) * (l + 2) * (l + 3) * (l + 4) / 12.0);
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
            return new Wendland(smoothness, order + 1, dimension);
        }
    }

    /**
     * Matérn's functions of half-integer order p + ½ and length scale 1, φ(0) = 1: with u = √((2p +
     * 1) s), e⁻ᵘ, e⁻ᵘ(1 + u), e⁻ᵘ(1 + u + u²/3) … They have p derivatives in s.
     *
     * @param p 0 to 4
     * @param order which d/ds of it, 0 to p
     */
    record Matern(int p, int order) implements RadialProfile {
        private static final int LARGEST = 4;

        public Matern {
            if (p < 0 || p > LARGEST) {
                throw new KernelException(
                        "Matérn p = " + p + ": not in the family; use 0 to " + LARGEST);
            }
            if (order < 0 || order > p) {
                throw new KernelException(
                        "Matérn %d/2, order %d in s: not in the family; use 0 to %d"
                                .formatted(2 * p + 1, order, p));
            }
        }

        public Matern(int p) {
            this(p, 0);
        }

        /** With q = p − order: factor · e⁻ᵘ Σ_k (q!/(2q)!) (2q−k)!/((q−k)! k!) (2u)ᵏ. */
        @Override
        public Expr expand(Expr s) {
            int q = p - order;
            Expr u = s.times(2 * p + 1).sqrt();
            Expr sum = null;
            for (int k = q; k >= 0; k--) {
                double c =
                        factorial(q)
                                / factorial(2 * q)
                                * factorial(2 * q - k)
                                / (factorial(q - k) * factorial(k))
                                * (1 << k);
                sum = sum == null ? Expr.of(c) : sum.fma(u, Expr.of(c));
            }
            return u.negate().exp().times(factor()).times(sum);
        }

        /** d/d(u²) of the function for q is that for q − 1, times −1/(4q − 2). */
        private double factor() {
            double factor = 1;
            for (int q = p; q > p - order; q--) {
                factor *= -(2 * p + 1) / (4.0 * q - 2);
            }
            return factor;
        }

        private static double factorial(int n) {
            return n < 2 ? 1 : n * factorial(n - 1);
        }

        @Override
        public RadialProfile derivative() {
            if (order == p) {
                throw new KernelException(
                        "Matérn "
                                + (2 * p + 1)
                                + "/2: derivative "
                                + (order + 1)
                                + " in s = r² does not exist at r = 0; use Matérn "
                                + (2 * p + 3)
                                + "/2 or a smoother profile");
            }
            return new Matern(p, order + 1);
        }
    }

    /**
     * {@code factor · (1 + s)^exponent}: the multiquadric for ½, the inverse one for −½, the
     * inverse quadratic for −1.
     */
    record Multiquadric(double exponent, double factor) implements RadialProfile {
        @Override
        public Expr expand(Expr s) {
            return s.plus(1).pow(exponent).times(factor);
        }

        @Override
        public RadialProfile derivative() {
            return new Multiquadric(exponent - 1, factor * exponent);
        }
    }

    /**
     * Polyharmonic splines: rᵏ for odd k, rᵏ log r for even k, 0 at r = 0. They have (k − 1)/2
     * derivatives in s, rounded down.
     *
     * @param k at least 1
     * @param order which d/ds of it, 0 to (k − 1)/2
     */
    record Polyharmonic(int k, int order) implements RadialProfile {
        public Polyharmonic {
            if (k < 1 || order < 0 || order > (k - 1) / 2) {
                throw new KernelException(
                        "polyharmonic r^%d, order %d in s: not in the family; use r, r² log r, …"
                                .formatted(k, order));
            }
        }

        public Polyharmonic(int k) {
            this(k, 0);
        }

        /** Even k = 2m: ½ sᵐ log s, whose derivatives are (a log s + b) sⁿ. */
        @Override
        public Expr expand(Expr s) {
            double a = k % 2 == 0 ? 0.5 : 1;
            double b = 0;
            for (int n = 0; n < order; n++) {
                double power = k / 2.0 - n;
                b = b * power + a;
                a *= power;
            }
            double left = k / 2.0 - order;
            if (k % 2 == 1) {
                return s.pow(left).times(a);
            }
            Expr value = s.pow(left).times(s.log().times(a).plus(b));
            return s.atMost(Expr.of(0)).select(Expr.of(0), value);
        }

        @Override
        public RadialProfile derivative() {
            if (order == (k - 1) / 2) {
                throw new KernelException(
                        "polyharmonic r^"
                                + k
                                + (k % 2 == 0 ? " log r" : "")
                                + ": derivative "
                                + (order + 1)
                                + " in s = r² does not exist at r = 0; use r^"
                                + (k + 2)
                                + " or a smoother profile");
            }
            return new Polyharmonic(k, order + 1);
        }
    }
}
