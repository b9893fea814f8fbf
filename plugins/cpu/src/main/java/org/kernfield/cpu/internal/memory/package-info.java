/**
 * Numbers as compiled code sees them: planes of rows, the buffers that hold them, scratch arrays.
 */
package org.kernfield.cpu.internal.memory;
