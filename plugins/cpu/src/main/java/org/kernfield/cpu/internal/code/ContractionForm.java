package org.kernfield.cpu.internal.code;

/** How a contraction is computed. */
public enum ContractionForm {
    /** Σ x·p. */
    PRODUCT,
    /** Σ (x − p)²: nothing cancels, an operation more for each component. */
    DIFFERENCES,
    /** Σ (s(x − p))², s a number for each component. */
    SCALED_DIFFERENCES,
    /** |x|² + |p|² − 2 Σ x·p, at least 0: the error is in proportion to the squares. */
    EXPANDED
}
