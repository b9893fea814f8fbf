/**
 * The commands people and scripts type. A {@link org.kernfield.shell.internal.Verb} declares what
 * it takes; parsing, help and completion are derived from that. Nothing here knows of OSGi but the
 * package {@code osgi}.
 */
package org.kernfield.shell.internal;
