package org.kernfield.splat;

import org.kernfield.backend.Tape;
import org.kernfield.scene.View;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Draws splats so that the picture can be differentiated: everything is recorded on the caller's
 * tape, who adds a loss and calls {@link Tape#backward}. A service, thread-safe and without state.
 *
 * <p>Splats are laid over each other front to back with α at most 0.99, from 1/255, down to a
 * transmittance of 1e-4, in the order of their distances, which counts as constant. Source: B.
 * Kerbl and others, 3D Gaussian splatting for real-time radiance field rendering (2023); M. Zwicker
 * and others, EWA splatting (2002).
 *
 * <p>Left out are splats nearer than the near plane, those that are nowhere 1/255 opaque, and those
 * whose position, shape or opacity is not a number. A colour that is not a number is black, a
 * quaternion of length 0 no rotation; standard deviations are at most e^27 units.
 */
@ProviderType
public interface SplatRenderer {
    /**
     * Records a picture.
     *
     * @param splats nodes of {@code tape}
     * @throws IllegalArgumentException for a camera without a size, or numbers of wrong widths
     */
    SplatPicture render(Tape tape, SplatNodes splats, View view, RenderOptions options);

    /**
     * Half the sides of the boxes that splats cover, n × 2, in pixels; −1 for those that are
     * nowhere 1/255 opaque. A box may lie beside the picture. It has no derivative.
     *
     * @param picture recorded on {@code tape}
     * @param options those it was recorded with
     */
    Tape.Node extents(Tape tape, SplatPicture picture, RenderOptions options);

    /**
     * The primitive of a name, of all that are there.
     *
     * @throws IllegalArgumentException naming those that are there
     */
    Primitive primitive(String name);
}
