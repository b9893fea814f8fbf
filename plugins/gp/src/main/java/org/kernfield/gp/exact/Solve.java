package org.kernfield.gp.exact;

import org.kernfield.backend.Array;
import org.kernfield.backend.LinearAlgebra;

/** Systems of equations with a Cholesky factor. */
public final class Solve {
    private Solve() {}

    /** (L·Lᵀ)⁻¹·y as a new array. */
    public static Array with(Array lower, Array y, LinearAlgebra algebra) {
        Array x = y.as(y.type());
        algebra.trsm(LinearAlgebra.Side.LEFT, LinearAlgebra.Triangle.LOWER, false, lower, x);
        algebra.trsm(LinearAlgebra.Side.LEFT, LinearAlgebra.Triangle.LOWER, true, lower, x);
        return x;
    }
}
