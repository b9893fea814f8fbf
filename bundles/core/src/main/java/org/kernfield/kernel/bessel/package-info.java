/**
 * Logarithms of modified Bessel functions in float64.
 *
 * <p>With h = √(ν² + x²) and t₀ = asinh(ν/x) both functions carry the factor e^±(h − ν t₀), whose
 * exponent is computed to twice the precision because h and ν t₀ cancel where the function is near
 * 1. What is left comes from expansions in 1/h where h is large, from Temme's series where x is
 * small, and between them from the integral over t of exp(−x cosh t + ν t), which the trapezoidal
 * rule gives to the last digits with some twenty-five nodes.
 *
 * <p>Source: NIST Digital Library of Mathematical Functions, sections 10.25 to 10.41.
 */
package org.kernfield.kernel.bessel;
