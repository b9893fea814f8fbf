/**
 * The kernel language: immutable, validated formulas over a query, a source and uniforms, with
 * their derivatives. Nothing here computes; backends compile or interpret a {@link Kernel}.
 */
@Export
@Version("0.1.0")
package org.kernfield.kernel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
