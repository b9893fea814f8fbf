/** Kernfield for people who live in ND4J: arrays without copies, fields on INDArrays. */
@Export
@Version("0.1.0")
package org.kernfield.nd4j;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
