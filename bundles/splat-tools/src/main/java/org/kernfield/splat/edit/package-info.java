/** Editing Gaussian splats: functions from splats to splats, which leave what they are given. */
@Export
@Version("0.1.0")
package org.kernfield.splat.edit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
