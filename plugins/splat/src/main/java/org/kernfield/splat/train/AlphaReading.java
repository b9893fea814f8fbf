package org.kernfield.splat.train;

import org.kernfield.scene.Photograph;

/**
 * What is made of the alpha of photographs.
 *
 * @param isRead whether it is read at all; a photograph that says nothing is covered everywhere
 * @param isOverOthers whether what is transparent is laid over another background at each step
 */
record AlphaReading(boolean isRead, boolean isOverOthers) {
    static final AlphaReading NONE = new AlphaReading(false, false);

    /** Whether a photograph is another one at each step. */
    boolean shifts(Photograph photograph) {
        return isRead && isOverOthers && photograph.alpha() != null;
    }
}
