/** The work of the table in the README, written by hand in Java and in C, beside each other. */
package org.kernfield.benchmarks.baseline;
