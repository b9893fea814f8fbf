package org.kernfield.gp;

import org.kernfield.kernel.Expr;

/**
 * A covariance function as formulas; null stands for 0.
 *
 * @param signal k(x, y) without white parts, of two rows that are not the same row of a table
 * @param diagonal k(x, x) without white parts
 * @param noise what white parts add to the variance of a row, besides {@code diagonal}
 */
record Parts(Expr signal, Expr diagonal, Expr noise) {
    Parts plus(Parts other) {
        return new Parts(
                sum(signal, other.signal), sum(diagonal, other.diagonal), sum(noise, other.noise));
    }

    /** (d₁ + n₁)(d₂ + n₂) = d₁d₂ + (d₁n₂ + n₁d₂ + n₁n₂). */
    Parts times(Parts other) {
        Expr cross = sum(product(diagonal, other.noise), product(noise, other.diagonal));
        return new Parts(
                product(signal, other.signal),
                product(diagonal, other.diagonal),
                sum(cross, product(noise, other.noise)));
    }

    /** g(x) k(x, y) g(y). */
    Parts weighted(Expr atX, Expr atY) {
        Expr square = atX.square();
        return new Parts(
                product(signal, atX.times(atY)), product(diagonal, square), product(noise, square));
    }

    private static Expr sum(Expr a, Expr b) {
        return a == null ? b : b == null ? a : a.plus(b);
    }

    private static Expr product(Expr a, Expr b) {
        return a == null || b == null ? null : a.times(b);
    }
}
