/** Gaussian processes as a representation: fits, models and fields; nothing is exported. */
package org.kernfield.gp.model;
