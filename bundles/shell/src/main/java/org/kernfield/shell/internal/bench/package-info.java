/** What {@code bench} measures: work of the kinds that fits are made of, on any backend. */
package org.kernfield.shell.internal.bench;
