/** What is in space and who looks at it: splats, points, cameras and views. */
@Export
@Version("0.1.0")
package org.kernfield.scene;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
