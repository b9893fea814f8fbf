/** The renderer: formulas of cameras and primitives, and the reductions that they become. */
package org.kernfield.splat.render;
