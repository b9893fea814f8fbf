/**
 * Dense linear algebra for the processor.
 *
 * <table>
 * <caption>What is built on what</caption>
 * <tr><td>{@link org.kernfield.cpu.internal.linear.DoubleKernel}, {@code FloatKernel}</td>
 *     <td>a few rows times two vectors of columns, kept in registers; the only code that knows
 *     vectors</td></tr>
 * <tr><td>{@link org.kernfield.cpu.internal.linear.Numbers}</td>
 *     <td>what differs between float64 and float32: packing, small triangles</td></tr>
 * <tr><td>{@link org.kernfield.cpu.internal.linear.Product}</td>
 *     <td>C ← C + α·A·B from packed panels, on all threads</td></tr>
 * <tr><td>{@link org.kernfield.cpu.internal.linear.Substitution},
 *     {@link org.kernfield.cpu.internal.linear.Cholesky}</td>
 *     <td>blocked on top of that, in either type</td></tr>
 * <tr><td>{@link org.kernfield.cpu.internal.linear.Indefinite},
 *     {@link org.kernfield.cpu.internal.linear.Householder},
 *     {@link org.kernfield.cpu.internal.linear.Tridiagonal},
 *     {@link org.kernfield.cpu.internal.linear.Bidiagonal},
 *     {@link org.kernfield.cpu.internal.linear.Singular}</td>
 *     <td>in float64 whatever the arguments are</td></tr>
 * </table>
 *
 * <p>The shape of the product is that of K. Goto and R. A. van de Geijn, Anatomy of
 * High-Performance Matrix Multiplication (2008), and F. G. Van Zee and R. A. van de Geijn, BLIS
 * (2015). Every element is summed in an order that depends on the shapes alone, so the bits do not
 * depend on the number of threads.
 */
package org.kernfield.cpu.internal.linear;
