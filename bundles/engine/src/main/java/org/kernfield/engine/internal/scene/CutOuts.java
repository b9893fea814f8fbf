package org.kernfield.engine.internal.scene;

import org.kernfield.scene.Photograph;

import java.util.List;

/** Tells objects cut out on white from photographs. */
final class CutOuts {
    /** Part of the pixels on the borders of the pictures that must be pure white. */
    private static final double MOST = 0.5;

    private CutOuts() {}

    static boolean areOnWhite(List<Photograph> photographs) {
        long white = 0;
        long all = 0;
        for (Photograph photograph : photographs) {
            var image = photograph.image();
            for (int y = 0; y < image.height(); y++) {
                boolean isEdge = y == 0 || y == image.height() - 1;
                int step = isEdge || image.width() == 1 ? 1 : image.width() - 1;
                for (int x = 0; x < image.width(); x += step, all++) {
                    boolean isWhite =
                            Math.min(
                                            image.get(x, y, 0),
                                            Math.min(image.get(x, y, 1), image.get(x, y, 2)))
                                    >= 1;
                    white += isWhite ? 1 : 0;
                }
            }
        }
        return white >= MOST * all;
    }
}
