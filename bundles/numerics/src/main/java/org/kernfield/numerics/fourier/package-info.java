/** Discrete Fourier transforms of real rows of any length. */
@Export
@Version("0.1.0")
package org.kernfield.numerics.fourier;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
