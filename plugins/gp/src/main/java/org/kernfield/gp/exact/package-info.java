/** Inference by Cholesky factors of whole covariance matrices; nothing is exported. */
package org.kernfield.gp.exact;
