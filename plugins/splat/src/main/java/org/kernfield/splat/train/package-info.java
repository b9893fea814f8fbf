/** Training splats on photographs; nothing is exported. */
package org.kernfield.splat.train;
