package org.kernfield.splat.edit;

import org.kernfield.scene.Splats;

/** A function of splats; what it is given stays as it is. */
@FunctionalInterface
public interface Edit {
    /** The edited splats; arrays that did not change may be shared with {@code splats}. */
    Splats apply(Splats splats);
}
