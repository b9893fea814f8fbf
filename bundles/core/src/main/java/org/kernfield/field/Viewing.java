package org.kernfield.field;

import org.kernfield.scene.Ring;
import org.kernfield.scene.View;

import java.util.List;
import java.util.function.Consumer;

/** A field in space that can be looked at from anywhere. */
public interface Viewing {
    /** The views it was fitted to, in their order; none where it does not know them. */
    List<View> views();

    /** Where cameras stand that look at all of it. */
    Ring ring();

    /**
     * What a camera sees.
     *
     * @param view with a camera of at least 1 × 1 pixels
     * @return a picture of the camera's size over the field's background, unclipped values
     * @throws IllegalArgumentException for a camera without a size
     */
    Image view(View view, Compute compute);

    /**
     * Several pictures, handed on one at a time; what they share is made once.
     *
     * @param seen receives the pictures in the order of the views
     */
    default void view(List<View> views, Compute compute, Consumer<Image> seen) {
        views.forEach(view -> seen.accept(view(view, compute)));
    }
}
