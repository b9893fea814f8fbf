package org.kernfield.backend;

/**
 * How sources are laid over each other at a query, nearest first: in ascending order of depth, ties
 * by source number and NaN last, starting with transmittance T = 1,
 *
 * <pre>
 *   a = min(α, alphaMax);  skip the source if a &lt; alphaMin
 *   stop before the source if T · (1 − a) &lt; transmittanceMin
 *   y ← y + T · a · F;  T ← T · (1 − a)
 * </pre>
 *
 * NaN is not below anything and is laid over like a number. Where a is cut to alphaMax the
 * derivative by α is 0.
 *
 * <p>Source: B. Kerbl and others, 3D Gaussian splatting for real-time radiance field rendering
 * (2023), for the constants.
 *
 * @param alpha the kernel's output of width 1 with α
 * @param depth the kernel's parameter of width 1 with the depth; the formula need not read it
 * @param alphaMax largest opacity of one source, below 1
 * @param alphaMin opacity below which a source is skipped
 * @param transmittanceMin transmittance at which a query is done
 */
public record Compositing(
        String alpha, String depth, double alphaMax, double alphaMin, double transmittanceMin) {
    /** Name of the result with what is left of T, one number a query. */
    public static final String TRANSMITTANCE = "transmittance";

    public Compositing {
        if (!(alphaMax > 0 && alphaMax < 1 && alphaMin >= 0 && transmittanceMin >= 0)) {
            throw new IllegalArgumentException(
                    "compositing with alpha from %s to %s and transmittance from %s: use 0 < largest alpha < 1, the others ≥ 0"
                            .formatted(alphaMin, alphaMax, transmittanceMin));
        }
    }

    /** The usual constants: 0.99, 1/255 and 1e-4. */
    public Compositing(String alpha, String depth) {
        this(alpha, depth, 0.99, 1.0 / 255, 1e-4);
    }
}
