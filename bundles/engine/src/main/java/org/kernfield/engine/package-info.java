/**
 * Jobs that fit, handles on fitted fields, and {@link org.kernfield.engine.Kernfield} for plain
 * Java.
 */
@Export
@Version("0.1.0")
package org.kernfield.engine;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
