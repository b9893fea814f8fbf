package org.kernfield.cpu.internal.linear;

/**
 * What is known of a product C ← C + α·A·B beforehand, and so need not be computed.
 *
 * @param isLower only the lower triangle of C is wanted
 * @param isNew what was in C does not count, C ← α·A·B; with {@code isLower} the upper triangle is
 *     lost as well
 * @param isLeftUpper A is zero below its diagonal
 * @param isRightLower B is zero above its diagonal
 */
record Pattern(boolean isLower, boolean isNew, boolean isLeftUpper, boolean isRightLower) {
    static final Pattern FULL = new Pattern(false, false, false, false);
    static final Pattern LOWER = new Pattern(true, false, false, false);

    /** C ← α·A·B with an upper triangle A. */
    static final Pattern UPPER_TIMES = new Pattern(false, true, true, false);

    /** The lower triangle of C ← α·A·B with an upper triangle A and a lower triangle B. */
    static final Pattern UPPER_TIMES_LOWER = new Pattern(true, true, true, true);

    /** That of Cᵀ ← Cᵀ + α·Bᵀ·Aᵀ. */
    Pattern transposed() {
        return new Pattern(isLower, isNew, isRightLower, isLeftUpper);
    }
}
