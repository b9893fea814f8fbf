/** The representation: fitted splats as a field, and what is done with it. */
package org.kernfield.splat.field;
