package org.kernfield.splat.edit;

/** A part of space, in the axes and units of the splats. */
public sealed interface Region {
    /** Whether a point lies in it, its border included; never where a coordinate is NaN. */
    boolean contains(double x, double y, double z);

    /**
     * A box along the axes.
     *
     * @param low three coordinates; −∞ where it has no end
     * @param high three coordinates, none below {@code low}; ∞ where it has no end
     */
    record Box(double[] low, double[] high) implements Region {
        public Box {
            if (low.length != 3 || high.length != 3) {
                throw new IllegalArgumentException(
                        "box: %d and %d coordinates; give three for each corner"
                                .formatted(low.length, high.length));
            }
            for (int c = 0; c < 3; c++) {
                if (!(low[c] <= high[c])) {
                    throw new IllegalArgumentException(
                            "box: from %s to %s along %s; give the lower end first"
                                    .formatted(low[c], high[c], "xyz".charAt(c)));
                }
            }
            low = low.clone();
            high = high.clone();
        }

        @Override
        public boolean contains(double x, double y, double z) {
            return low[0] <= x
                    && x <= high[0]
                    && low[1] <= y
                    && y <= high[1]
                    && low[2] <= z
                    && z <= high[2];
        }
    }

    /**
     * A ball.
     *
     * @param centre three finite coordinates
     * @param radius not negative
     */
    record Ball(double[] centre, double radius) implements Region {
        public Ball {
            if (centre.length != 3) {
                throw new IllegalArgumentException(
                        "ball: " + centre.length + " coordinates of its centre; give three");
            }
            if (!(radius >= 0)) {
                throw new IllegalArgumentException(
                        "ball: a radius of " + radius + "; give 0 or more");
            }
            centre = centre.clone();
        }

        @Override
        public boolean contains(double x, double y, double z) {
            double dx = x - centre[0];
            double dy = y - centre[1];
            double dz = z - centre[2];
            return dx * dx + dy * dy + dz * dz <= radius * radius;
        }
    }
}
