/** How good predictions with error bars are: scores, calibration, rows that stand out. */
@Export
@Version("0.1.0")
package org.kernfield.numerics.predictive;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
