/**
 * Exact neighbours of points: a k-d tree for any data and a uniform grid for evenly spread data in
 * up to three dimensions. Both give the same lists, with the same bits for any number of threads.
 */
@Export
@Version("0.1.0")
package org.kernfield.numerics.neighbours;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
