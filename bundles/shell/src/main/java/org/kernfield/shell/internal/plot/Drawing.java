package org.kernfield.shell.internal.plot;

import java.util.List;

/**
 * A picture made of shapes, later ones over earlier ones, on white.
 *
 * @param width pixels
 * @param height pixels
 */
public record Drawing(int width, int height, List<Shape> shapes) {
    public Drawing {
        shapes = List.copyOf(shapes);
    }
}
