/** Fewer and simpler splats that look the same. */
@Export
@Version("0.1.0")
package org.kernfield.splat.compress;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
