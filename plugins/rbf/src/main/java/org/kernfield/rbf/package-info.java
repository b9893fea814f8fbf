/** Fields that are sums of trained anisotropic Gaussians; nothing is exported. */
package org.kernfield.rbf;
