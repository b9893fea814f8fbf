/**
 * Contracts that every backend, representation and codec must pass. The checks are plain Java and
 * throw {@link AssertionError}s; the {@code …Contract} classes hand them to JUnit 5: extend one,
 * say what is to be tested, and all its tests run.
 */
@Export
@Version("0.1.0")
package org.kernfield.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
