/**
 * The kernel language: immutable, validated formulas over a query, a source and uniforms, with
 * their derivatives. Nothing here computes; backends compile or interpret a {@link Kernel}.
 *
 * <p><b>Accuracy.</b> Arithmetic, {@code sqrt}, {@code floor}, comparisons and {@code select} are
 * those of IEEE 754. The largest errors of the others, in units in the last place of the result;
 * F32 is what vector code reaches, F64 what the float64 reference does. {@code x} stands for the
 * operand.
 *
 * <table>
 * <caption>Elementary and special functions</caption>
 * <tr><th>operation<th>F32<th>F64<th>limits
 * <tr><td>exp<td>3<td>1<td>0 at −∞ (F32: below −87.3), +∞ at +∞ and on overflow
 * <tr><td>log<td>2<td>1<td>−∞ at ±0, NaN below, +∞ at +∞
 * <tr><td>sin, cos<td>absolute 2⁻²³ for |x| ≤ 30,000<td>1<td>NaN at ±∞
 * <tr><td>tanh<td>3<td>2.5<td>±1 at ±∞
 * <tr><td>expm1<td>6<td>1<td>−1 at −∞, +∞ at +∞
 * <tr><td>log1p<td>4<td>1<td>−∞ at −1, NaN below, +∞ at +∞
 * <tr><td>pow<td>4 + 2·|b log a|<td>1<td>1 for b = 0; 0 to a positive power 0, to a negative +∞; NaN for
 *     a below 0 unless b is whole
 * <tr><td>acos<td>4<td>1<td>NaN outside [−1, 1]
 * <tr><td>atan2<td>4<td>2<td>±π/4, ±3π/4 where both are ±∞; 0 at the origin
 * <tr><td>erf<td>3<td>2<td>±1 at ±∞
 * <tr><td>lgamma<td>6 of max(1, |y|)<td>6 of max(1, |y|)<td>+∞ at 0 and +∞, NaN below 0
 * <tr><td>digamma<td>8 of max(1, |y|)<td>6 of max(1, |y|)<td>−∞ at 0, NaN below, +∞ at +∞
 * <tr><td>sigmoid<td>6<td>3<td>0 at −∞, 1 at +∞
 * <tr><td>softplus<td>8<td>3<td>0 at −∞, +∞ at +∞
 * <tr><td>logbesseli, logbesselk<td>1 of max(1, |y|) more than F64<td>10⁻¹⁴ of max(1, |y|), most
 *     within 10⁻¹⁵, for orders up to 10⁴ and x from 10⁻¹⁰ to 10⁶<td>I: 0 or −∞ at x = 0, K: +∞; NaN
 *     below 0 and, for I, of orders below 0
 * <tr><td>their derivatives<td>as above<td>10⁻¹² of |y|<td>see LogBessel
 * <tr><td>random<td>exact<td>exact<td>NaN unless every operand is within ±2²⁴
 * </table>
 *
 * <p>A NaN operand gives NaN, except that {@code pow(x, 0)} is 1, comparisons with it are false,
 * and the branch of a {@code select} that is not taken has no influence. The sign of a zero is kept
 * by arithmetic and means nothing to {@code atan2}, {@code min}, {@code max} and {@code pow}. F32
 * code may give 0 for results below 2⁻¹²⁶; {@code log} takes denormal operands.
 *
 * <p><b>What is primitive.</b> An {@link Op} is an operation whose derivative would be wrong or
 * large if it were written with others (σ(x)(1 − σ(x)) from a quotient of exponentials is ∞·0), or
 * which backends may want code of their own for. Each beyond {@code select} has a definition in
 * simpler ones, {@code random} and Bessel functions apart, which {@link Kernel#lowered} puts in its
 * place. Powers with a constant exponent, {@code rsqrt} and normal deviates are library functions.
 */
@Export
@Version("0.1.0")
package org.kernfield.kernel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
