/** Surfaces of triangles: where a function has a value, and whether a mesh is closed. */
@Export
@Version("0.1.0")
package org.kernfield.numerics.surface;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
