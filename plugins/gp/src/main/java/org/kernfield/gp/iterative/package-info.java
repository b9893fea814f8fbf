/** Inference without whole covariance matrices, by conjugate gradients; nothing is exported. */
package org.kernfield.gp.iterative;
