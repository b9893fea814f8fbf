/**
 * What a compute backend implements: buffers and reductions of kernels over queries and sources.
 * Arrays cross this border as memory segments with a shape and an element type.
 */
@Export
@Version("0.1.0")
package org.kernfield.backend;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
