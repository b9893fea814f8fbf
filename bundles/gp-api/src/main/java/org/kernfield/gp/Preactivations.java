package org.kernfield.gp;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Vec;

import java.util.Collections;

/**
 * The joint normal distribution of what a unit gets from two rows. The determinant is carried along
 * as a sum of what is not negative: got from the products it would lose half its digits for rows
 * near each other.
 *
 * @param xx variance for x
 * @param yy variance for y
 * @param xy covariance
 * @param determinant {@code xx · yy − xy²}
 */
record Preactivations(Expr xx, Expr yy, Expr xy, Expr determinant) {
    /** Of the rows themselves: scale · x·y + bias. */
    static Preactivations of(Rows rows, Arguments a, Expr scale, Expr bias) {
        Expr xx = scale.times(DotFamilies.dot(rows.diagonal(), a)).plus(bias);
        Expr yy = scale.times(DotFamilies.dot(new Rows(rows.y(), rows.y()), a)).plus(bias);
        Expr xy = scale.times(DotFamilies.dot(rows, a)).plus(bias);
        // |u|²|v|² − (u·v)² = |u|²|u − v|² − (u·(u − v))²
        Vec x = rows.x();
        Vec difference = x.minus(rows.y());
        if (a.has(ParameterSpec.LENGTHSCALE)) {
            Vec rates = a.rates();
            boolean isEach = rates.size() == rows.columns();
            Vec each = isEach ? rates : Vec.of(Collections.nCopies(x.size(), rates.x()));
            x = x.times(each);
            difference = difference.times(each);
        }
        Expr apart = scale.times(difference.squaredNorm());
        Expr along = scale.times(x.times(difference).sum());
        return new Preactivations(xx, yy, xy, xx.times(apart).minus(along.square()));
    }

    /** Their angle. */
    Angle angle() {
        return new Angle(Rows.root(xx.times(yy)), xy, determinant);
    }

    /**
     * Two vectors by scalar products.
     *
     * @param norms |u||v|
     * @param product u·v
     * @param determinant (|u||v|)² − (u·v)²
     */
    record Angle(Expr norms, Expr product, Expr determinant) {
        /** |u||v| sin θ, whose derivative counts as 0 where the vectors are parallel. */
        Expr sine() {
            return Rows.root(determinant);
        }

        /** θ, from 0 to π. */
        Expr theta() {
            return sine().atan2(product);
        }

        /** (|u||v|)ⁿ J_n(θ)/π as a scalar product of other vectors; n is 0, 1 or 2. */
        Angle next(int order) {
            Expr rest = Expr.of(Math.PI).minus(theta());
            Expr length = lengths(order);
            Expr value =
                    switch (order) {
                        case 0 -> rest;
                        case 1 -> sine().plus(rest.times(product));
                        default -> triple().plus(rest.times(squares()));
                    };
            Expr next = value.times(1 / Math.PI);
            return new Angle(length, next, gap(order).times(length.plus(next)));
        }

        private Expr lengths(int order) {
            return switch (order) {
                case 0 -> Expr.of(1);
                case 1 -> norms;
                default -> norms.square().times(3);
            };
        }

        /** What is missing in {@link #next} from the product of parallel vectors. */
        Expr gap(int order) {
            Expr theta = theta();
            return switch (order) {
                case 0 -> theta.times(1 / Math.PI);
                case 1 -> difference().minus(sine().minus(theta.times(product)).times(1 / Math.PI));
                default ->
                        determinant
                                .times(2)
                                .plus(theta.times(squares()).minus(triple()).times(1 / Math.PI));
            };
        }

        /** |u|²|v|² (1 + 2 cos²θ). */
        private Expr squares() {
            return norms.square().plus(product.square().times(2));
        }

        /** 3 |u|²|v|² sin θ cos θ. */
        private Expr triple() {
            return sine().times(product).times(3);
        }

        /** |u||v| − u·v, without cancellation where the angle is small. */
        private Expr difference() {
            return Expr.of(0)
                    .lessThan(product)
                    .select(
                            determinant.max(Expr.of(0)).dividedBy(norms.plus(product)),
                            norms.minus(product));
        }
    }
}
