package org.kernfield.splat;

import org.kernfield.field.Compute;
import org.kernfield.field.Image;
import org.kernfield.scene.View;
import org.osgi.annotation.versioning.ProviderType;

/** A field of splats that shows cameras more than its colours. */
@ProviderType
public interface SplatViewing {
    /**
     * What a camera sees.
     *
     * @param view with a camera of at least 1 × 1 pixels
     * @return numbers of the {@link Look#layer}, of the camera's size, unclipped
     * @throws IllegalArgumentException for a camera without a size
     */
    Image view(View view, Look look, Compute compute);
}
