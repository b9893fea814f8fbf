/**
 * Dense linear algebra on a native BLAS and LAPACK, called through {@code java.lang.foreign}: the
 * library, its routines and {@link org.kernfield.backend.LinearAlgebra} on top of them. Level-3
 * operations and Cholesky are cut into tiles that run on the caller's threads; the library itself
 * computes on one.
 */
@Export
@Version("0.1.0")
package org.kernfield.numerics.lapack;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
