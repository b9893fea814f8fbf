/** What this machine can do at best, and whether it does: loops that do nothing else. */
package org.kernfield.cpu.internal.limits;
