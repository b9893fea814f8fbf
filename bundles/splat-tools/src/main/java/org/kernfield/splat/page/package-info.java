/** Splats as a page for a browser that needs no network. */
@Export
@Version("0.1.0")
package org.kernfield.splat.page;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
