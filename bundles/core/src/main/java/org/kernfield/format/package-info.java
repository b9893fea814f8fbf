/**
 * What a codec implements: reading values from bytes with bounded allocations, and writing them.
 */
@Export
@Version("0.1.0")
package org.kernfield.format;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
