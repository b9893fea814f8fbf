/**
 * What a representation implements: it fits a {@link Task}, one bounded step after the other, into
 * a {@link Model}, and opens a model as a {@link Field}.
 */
@Export
@Version("0.1.0")
package org.kernfield.field;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
