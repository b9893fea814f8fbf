/** How a plugin is, told as a health check. */
package org.kernfield.condition;
