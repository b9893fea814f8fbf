package org.kernfield.gp;

import org.kernfield.kernel.Expr;

import java.util.List;

/**
 * Functions of the scalar product of two rows.
 *
 * <p>Source: C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning (2006),
 * section 4.2.2.
 */
final class DotFamilies {
    private static final int LARGEST_DEGREE = 16;

    private DotFamilies() {}

    static List<Family> all() {
        var offset = ParameterSpec.real("offset", 0, 0);
        var rates = ParameterSpec.lengthscale().optional();
        return List.of(
                // x·y + c
                Family.plain(
                        "linear",
                        List.of(offset, rates),
                        List.of(),
                        (rows, a) -> dot(rows, a).plus(a.number("offset"))),
                // (x·y + c)^degree
                Family.plain(
                        "polynomial",
                        List.of(ParameterSpec.real("offset", 1, 0), rates),
                        List.of(Option.whole("degree", 1, LARGEST_DEGREE, 2)),
                        (rows, a) -> dot(rows, a).plus(a.number("offset")).pow(a.whole("degree"))));
    }

    /** x·y, of the rows divided by their length scales where there are any. */
    static Expr dot(Rows rows, Arguments a) {
        return a.has(ParameterSpec.LENGTHSCALE) ? rows.dot(a.rates()) : rows.x().dot(rows.y());
    }
}
