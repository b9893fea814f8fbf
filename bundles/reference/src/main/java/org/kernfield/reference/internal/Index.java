package org.kernfield.reference.internal;

import org.kernfield.kernel.Slot;

/** Which row of each role a lane evaluates. */
@FunctionalInterface
interface Index {
    int row(Slot.Role role, int lane);
}
