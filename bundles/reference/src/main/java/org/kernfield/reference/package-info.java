/**
 * The float64 interpreter of the kernel language as a backend: slow, always right, and able to say
 * how far another arithmetic may stray from it.
 */
@Export
@Version("0.1.0")
package org.kernfield.reference;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
