/**
 * ND4J as a backend. A {@link org.kernfield.nd4j.internal.Plan} says what each line of a kernel's
 * program is an array of; a {@link org.kernfield.nd4j.internal.Block} computes a plan line by line
 * over some thousand pairs; the walks go over the pairs of a neighbourhood, and folds gather what
 * comes out, in float64. Operations that ND4J lacks or computes wrongly are computed element by
 * element ({@link org.kernfield.nd4j.internal.Elementwise}), as are decisions between numbers:
 * maxima, and what is laid over what.
 */
package org.kernfield.nd4j.internal;
