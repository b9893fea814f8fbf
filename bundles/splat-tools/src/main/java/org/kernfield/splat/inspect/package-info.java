/** What there is to say about splats. */
@Export
@Version("0.1.0")
package org.kernfield.splat.inspect;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
