/**
 * Starts Kernfield from an unpacked distribution: the OSGi framework, its bundles by start level,
 * the drop folders for plugins, and then either one command or the interactive shell.
 *
 * <p>A plain jar on the class path. Nothing imports it; what it offers to bundles it registers as
 * services of JDK types ({@link org.kernfield.launcher.Services}).
 */
package org.kernfield.launcher;
