package org.kernfield.splat.train;

import org.kernfield.scene.Splats;
import org.kernfield.splat.Primitive;

import java.util.LinkedHashMap;
import java.util.Map;

/** A primitive's numbers of each splat, as further properties of splats, so that they go along. */
final class Attributes {
    private static final String NAME = "attribute";

    private Attributes() {}

    /** As properties of one number a splat each. */
    static Map<String, float[]> properties(float[] values, int width) {
        var properties = new LinkedHashMap<String, float[]>();
        for (int c = 0; c < width; c++) {
            var column = new float[values.length / width];
            for (int k = 0; k < column.length; k++) {
                column[k] = values[k * width + c];
            }
            properties.put(NAME + c, column);
        }
        return properties;
    }

    /** Row by row, of splats without the properties the initial ones. */
    static float[] of(Splats splats, Primitive primitive) {
        int width = primitive.attributes();
        double[] initial = primitive.initialAttributes();
        var values = new float[splats.count() * width];
        for (int c = 0; c < width; c++) {
            float[] column = splats.extra().get(NAME + c);
            for (int k = 0; k < splats.count(); k++) {
                values[k * width + c] = column == null ? (float) initial[c] : column[k];
            }
        }
        return values;
    }
}
