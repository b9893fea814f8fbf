/** Densities of the rows of tables, estimated with Gaussian kernels; nothing is exported. */
package org.kernfield.gp.kde;
