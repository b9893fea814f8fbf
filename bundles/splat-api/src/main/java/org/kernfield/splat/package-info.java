/**
 * Services around splats: a differentiable renderer, the primitives that it draws, and the numbers
 * that a fitted model holds.
 */
@Export
@Version("0.1.0")
package org.kernfield.splat;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
