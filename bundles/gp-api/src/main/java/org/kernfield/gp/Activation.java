package org.kernfield.gp;

import org.kernfield.kernel.Expr;

/** What a unit does with the normal variables u and v that it gets from two rows. */
enum Activation {
    /** max(0, u): E[φφ] = |u||v| J₁(θ)/2π. */
    RELU {
        @Override
        Preactivations next(Preactivations p, Expr weight, Expr bias) {
            var angle = p.angle();
            var next = angle.next(1);
            Expr half = weight.times(0.5);
            // (b + A²)(b + B²) − (b + ABρ)² = b (A − B)² + 2b AB(1 − ρ) + A²B²(1 − ρ²)
            Expr lengths = Rows.root(p.xx()).minus(Rows.root(p.yy())).square();
            Expr determinant =
                    bias.times(half)
                            .times(lengths.plus(angle.gap(1).times(2)))
                            .plus(half.square().times(next.determinant()));
            return new Preactivations(
                    bias.plus(half.times(p.xx())),
                    bias.plus(half.times(p.yy())),
                    bias.plus(half.times(next.product())),
                    determinant);
        }

        @Override
        Expr slopes(Preactivations p) {
            return Expr.of(Math.PI).minus(p.angle().theta()).times(0.5 / Math.PI);
        }

        @Override
        Expr square(Expr variance) {
            return variance.times(0.5);
        }

        @Override
        Expr squaredSlope(Expr variance) {
            return Expr.of(0.5);
        }
    },
    /** The error function: E[φφ] = 2/π asin(2 xy/√((1 + 2 xx)(1 + 2 yy))). */
    ERF {
        @Override
        Preactivations next(Preactivations p, Expr weight, Expr bias) {
            Expr xx = bias.plus(weight.times(square(p.xx())));
            Expr yy = bias.plus(weight.times(square(p.yy())));
            Expr mean = p.xy().times(2).atan2(root(p)).times(2 / Math.PI);
            Expr xy = bias.plus(weight.times(mean));
            return new Preactivations(xx, yy, xy, xx.times(yy).minus(xy.square()));
        }

        /** 4/π /√((1 + 2 xx)(1 + 2 yy) − 4 xy²). */
        @Override
        Expr slopes(Preactivations p) {
            return Expr.of(4 / Math.PI).dividedBy(root(p));
        }

        @Override
        Expr square(Expr variance) {
            Expr root = variance.times(4).plus(1).sqrt();
            return variance.times(2).atan2(root).times(2 / Math.PI);
        }

        @Override
        Expr squaredSlope(Expr variance) {
            return Expr.of(4 / Math.PI).dividedBy(variance.times(4).plus(1).sqrt());
        }

        /** The other leg of the angle: √(1 + 2 xx + 2 yy + 4 (xx yy − xy²)). */
        private static Expr root(Preactivations p) {
            Expr determinant = p.determinant().max(Expr.of(0));
            return p.xx().plus(p.yy()).times(2).plus(determinant.times(4)).plus(1).sqrt();
        }
    };

    /** After σ_b² + σ_w² E[φ(u)φ(v)]. */
    abstract Preactivations next(Preactivations p, Expr weight, Expr bias);

    /** E[φ′(u)φ′(v)]. */
    abstract Expr slopes(Preactivations p);

    /** E[φ(u)²]. */
    abstract Expr square(Expr variance);

    /** E[φ′(u)²]. */
    abstract Expr squaredSlope(Expr variance);
}
