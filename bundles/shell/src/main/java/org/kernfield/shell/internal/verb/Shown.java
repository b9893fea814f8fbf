package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Array;
import org.kernfield.field.Image;
import org.kernfield.shell.internal.Facts;
import org.kernfield.splat.Layer;

import java.util.Locale;
import java.util.Map;

/**
 * What a picture's file holds.
 *
 * @param content a picture, or an array with its rows
 * @param facts of depths, which are white at {@code nearest} and dark at {@code farthest}, and of
 *     properties, black at {@code least} and white at {@code most}; else empty
 */
record Shown(Object content, Map<String, Object> facts) {
    private static final String NUMBERS = ".npy";

    private static Shown of(Image picture) {
        return new Shown(picture, Map.of());
    }

    /**
     * A layer for a file.
     *
     * @param name of the file, whose ending decides between numbers and a picture
     */
    static Shown of(Image seen, Layer layer, String name) {
        if (layer.channels() == 1 && name.toLowerCase(Locale.ROOT).endsWith(NUMBERS)) {
            return new Shown(Array.of(seen.width(), seen.values()), Map.of());
        }
        return switch (layer) {
            case COLOUR, ALPHA -> of(seen);
            case DEPTH -> depths(DepthPicture.of(seen));
            case NORMAL -> of(coloured(seen));
        };
    }

    /**
     * Values of a property for a file: numbers, or greys from the least to the greatest that is
     * seen, black where nothing is.
     */
    static Shown ofProperty(Image seen, String name) {
        if (name.toLowerCase(Locale.ROOT).endsWith(NUMBERS)) {
            return new Shown(Array.of(seen.width(), seen.values()), Map.of());
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (float value : seen.values()) {
            if (Float.isFinite(value)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        var greys = new float[seen.values().length];
        for (int k = 0; k < greys.length; k++) {
            float value = seen.values()[k];
            boolean isSeen = Float.isFinite(value) && most > least;
            greys[k] = isSeen ? (float) ((value - least) / (most - least)) : 0;
        }
        var picture = new Image(seen.width(), seen.height(), 1, greys);
        return least <= most
                ? new Shown(picture, Facts.map("least", least, "most", most))
                : of(picture);
    }

    /** Ending of the files of a folder: one shade would mean another distance in each picture. */
    static String ending(Layer layer) {
        return layer == Layer.DEPTH ? NUMBERS : ".png";
    }

    private static Shown depths(DepthPicture picture) {
        return Double.isNaN(picture.nearest())
                ? of(picture.greys())
                : new Shown(
                        picture.greys(),
                        Facts.map("nearest", picture.nearest(), "farthest", picture.farthest()));
    }

    /** What is to be told of the facts. */
    String remark() {
        if (facts.containsKey("least")) {
            return ", black at %.4g, white at %.4g"
                    .formatted(facts.get("least"), facts.get("most"));
        }
        return facts.isEmpty()
                ? ""
                : ", white at %.4g, dark at %.4g units"
                        .formatted(facts.get("nearest"), facts.get("farthest"));
    }

    /** (n + 1) / 2. */
    private static Image coloured(Image normals) {
        var colours = new float[normals.values().length];
        for (int k = 0; k < colours.length; k++) {
            colours[k] = (normals.values()[k] + 1) / 2;
        }
        return new Image(normals.width(), normals.height(), normals.channels(), colours);
    }
}
