/**
 * A whole representation to copy: pictures as sums of Wendland's compactly supported functions.
 * Read {@link org.kernfield.template.Wendland} first, it is the formula; then {@link
 * org.kernfield.template.WendlandRepresentation}, {@link org.kernfield.template.WendlandFit} and
 * {@link org.kernfield.template.WendlandField}. CONTRIBUTING.md tells the way to a running plugin.
 */
package org.kernfield.template;
