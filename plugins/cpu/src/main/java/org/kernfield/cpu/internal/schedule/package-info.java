/**
 * The schedules: which compiled code runs over which part of the rows, pairs or boxes, on which
 * thread, in which order. The table is in {@code org.kernfield.cpu.internal}.
 */
package org.kernfield.cpu.internal.schedule;
