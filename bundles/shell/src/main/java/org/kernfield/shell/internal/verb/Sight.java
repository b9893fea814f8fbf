package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Radiance;
import org.kernfield.shell.internal.Failure;

import java.util.Arrays;
import java.util.List;

/** What a point of a radiance field looks like from where somebody stands. */
final class Sight {
    /** What stands in a row: the light is the share that comes through from the point. */
    static final List<String> NAMES = List.of("density", "red", "green", "blue", "light");

    private static final int COORDINATES = 3;

    private final FieldHandle field;
    private final double[] eye;

    /**
     * @param text X,Y,Z in the coordinates of the field
     * @throws Failure if the field has no colours to be seen, or the text is no place
     */
    Sight(FieldHandle field, String text) {
        if (!field.can(Radiance.class)) {
            throw Failure.refused(
                    "--eye " + text,
                    "a model of " + field.model().representation() + " looks alike from anywhere",
                    "leave it out, or give a scene of splats");
        }
        this.field = field;
        this.eye = place(text);
    }

    private static double[] place(String text) {
        try {
            double[] place =
                    Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
            if (place.length == COORDINATES && Arrays.stream(place).allMatch(Double::isFinite)) {
                return place;
            }
        } catch (NumberFormatException e) {
            // falls through to the one sentence for both
        }
        throw Failure.refused(
                "--eye " + text, "not a place", "write three numbers, such as 0,-1.5,2");
    }

    /**
     * A row of {@link #NAMES} for each point.
     *
     * @param points n × 3; one where the eye is has no direction and NaN for colours
     */
    Array at(Array points) {
        Array to = points.as(ElementType.F32);
        int n = Math.toIntExact(points.rows());
        var from = new float[n * COORDINATES];
        var directions = new float[n * COORDINATES];
        for (int k = 0; k < from.length; k++) {
            from[k] = (float) eye[k % COORDINATES];
            directions[k] = (float) (points.get(k) - eye[k % COORDINATES]);
        }
        Array density = field.values(to);
        Array colours =
                field.use(
                        Radiance.class,
                        (f, compute) -> f.colours(to, Array.of(COORDINATES, directions), compute));
        Array light =
                field.use(
                        Radiance.class,
                        (f, compute) -> f.transmittance(Array.of(COORDINATES, from), to, compute));
        int width = NAMES.size();
        var rows = new float[n * width];
        for (int i = 0; i < n; i++) {
            rows[i * width] = (float) density.get(i);
            for (int c = 0; c < COORDINATES; c++) {
                rows[i * width + 1 + c] = (float) colours.get((long) i * COORDINATES + c);
            }
            rows[i * width + width - 1] = (float) light.get(i);
        }
        return Array.of(width, rows);
    }
}
