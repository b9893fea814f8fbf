package org.kernfield.reference;

import org.kernfield.backend.Backend;
import org.kernfield.backend.Resources;
import org.kernfield.kernel.Op;

import java.util.EnumSet;
import java.util.Set;

/** Walks a kernel's program in float64, block by block; what every other backend is held to. */
public class ReferenceBackend implements Backend {
    @Override
    public final String name() {
        return "reference";
    }

    @Override
    public final String description() {
        return "float64 interpreter on the CPU: slow, always right";
    }

    @Override
    public final int ranking() {
        return -100;
    }

    @Override
    public final Set<Op> operations() {
        return EnumSet.allOf(Op.class);
    }

    @Override
    public final ReferenceSession open(Resources resources) {
        return new ReferenceSession(resources);
    }
}
