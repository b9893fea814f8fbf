/**
 * Numerical methods in plain Java: scores of pictures, optimiser steps, clustering, sampling,
 * iterative solvers and spatial order. Everything gives the same bits for any number of threads.
 */
@Export
@Version("0.1.0")
package org.kernfield.numerics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
