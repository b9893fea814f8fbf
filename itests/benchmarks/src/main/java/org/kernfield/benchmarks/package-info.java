/** Measurements by hand of what backends do; see README.md for commands and figures. */
package org.kernfield.benchmarks;
