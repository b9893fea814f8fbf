/**
 * The cpu backend: kernels compiled at run time to vector code, one hidden class a kernel and
 * schedule.
 *
 * <table>
 *   <caption>Schedules</caption>
 *   <tr><th>reduction</th><th>queries</th><th>loops, outermost first</th><th>code</th></tr>
 *   <tr><td>map, total over rows</td><td>any</td><td>parts of 8,192 rows ∥, vectors of rows</td>
 *       <td>{@code MapCode}</td></tr>
 *   <tr><td>sum, sum into sources</td><td>rows, or a raster crowded with sources</td>
 *       <td>parts of 128 targets ∥, tiles of 1 to 4 vectors of targets in registers, blocks of 128
 *       rows of the other side, rows; contractions of wide slots first, as matrix products</td>
 *       <td>{@code SumCode}, {@code ContractionCode}</td></tr>
 *   <tr><td>sum over tiles</td><td>raster</td>
 *       <td>strips of 16 to 64 rows ∥, sources that meet the strip, bands of one or two vectors of
 *       columns, rows of the box, added to the pixels in memory</td><td>{@code BoxCode}</td></tr>
 *   <tr><td>sum into sources</td><td>raster</td>
 *       <td>parts of 64 to 512 sources ∥, sources, bands of a vector of columns, rows of the box,
 *       summed lane by lane in registers</td><td>{@code BoxCode}</td></tr>
 *   <tr><td>sum over tiles</td><td>rows</td>
 *       <td>cells of a grid over the rows ∥, sources whose boxes meet the cell, vectors of
 *       queries</td><td>{@code SumCode}</td></tr>
 *   <tr><td>sum into sources over tiles</td><td>rows</td>
 *       <td>parts of 64 sources ∥, runs of cells that the box meets, vectors of queries, summed
 *       lane by lane in registers</td><td>{@code BoxCode}</td></tr>
 *   <tr><td>composite</td><td>raster</td>
 *       <td>tiles of 64 × 16 pixels ∥, sources that meet the tile, nearest first, rows of the box,
 *       vectors of pixels</td><td>{@code BlendCode}</td></tr>
 *   <tr><td>composite into sources</td><td>raster</td>
 *       <td>the same, summed in registers, one place in memory for each pair of a source and a
 *       tile; then sources ∥, their places</td><td>{@code BlendCode}</td></tr>
 *   <tr><td>all kinds over lists and grids</td><td>any</td>
 *       <td>parts of about 8,192 pairs ∥, blocks of 1,024 pairs that are gathered, vectors of
 *       pairs; then row by row</td><td>{@code MapCode}</td></tr>
 *   <tr><td>all kinds over stencils</td><td>raster</td>
 *       <td>bands of 8 rows ∥, rows, offsets, vectors of pixels</td><td>{@code MapCode}</td></tr>
 *   <tr><td>log Σ exp, maximum, matrix, sums with pair slots</td><td>any</td>
 *       <td>parts of 512 queries ∥ (4,096 for a matrix), sources, vectors of queries</td>
 *       <td>{@code MapCode}</td></tr>
 * </table>
 *
 * <p>From a kernel to results: {@code plan} takes the program apart by loop, {@code code} writes
 * the bytecode and keeps it, {@code schedule} runs it over parts on the workers, {@code memory}
 * holds the numbers. This package is what the engine sees: backend, session, component.
 *
 * <p>A total over pairs is the sum of each query's pairs, added up.
 *
 * <p>Everything is added up in an order that does not depend on the number of threads: a query or a
 * source has one owner, and lanes are folded from memory in a fixed order.
 */
package org.kernfield.cpu.internal;
