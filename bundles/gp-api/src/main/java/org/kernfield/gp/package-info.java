/**
 * Covariance functions of Gaussian processes: immutable values, composed in Java or read from text,
 * that become kernels of the language once the columns they look at are known.
 */
@Export
@Version("0.1.0")
package org.kernfield.gp;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
