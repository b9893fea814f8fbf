package org.kernfield.shell.internal.demo;

/**
 * The things on the floor, as signed distances: a ball of chrome, a ring, a rounded cube and a few
 * marbles. Distance functions of ball, torus and rounded box as in J. C. Hart, Sphere tracing, The
 * Visual Computer 12 (1996).
 */
final class Shapes {
    /** All of them lie within this ball, so that most rays need not be marched. */
    static final Vector CENTRE = new Vector(0, 0.8, 0.2);

    static final double RADIUS = 3.5;

    private static final Vector CHROME = new Vector(0.82, 0.85, 0.9);
    private static final Vector CORAL = new Vector(0.87, 0.22, 0.14);
    private static final Vector TEAL = new Vector(0.03, 0.42, 0.45);
    private static final Vector[] MARBLES = {
        new Vector(0.95, 0.62, 0.08), new Vector(0.25, 0.55, 0.15), new Vector(0.35, 0.16, 0.55)
    };
    private static final Vector[] MARBLES_AT = {
        new Vector(-0.75, 0.28, 1.75), new Vector(0.35, 0.22, 2.05), new Vector(1.1, 0.3, 1.6)
    };

    private static final double STEP = 1e-4;

    private Shapes() {}

    /** Distance from {@code p} to the nearest surface, negative inside. */
    static double distance(Vector p) {
        double nearest = Math.min(ball(p), Math.min(ring(p), cube(p)));
        for (Vector at : MARBLES_AT) {
            nearest = Math.min(nearest, marble(p, at));
        }
        return nearest;
    }

    /** Colour of the surface at {@code p}. */
    static Vector colour(Vector p) {
        double nearest = distance(p);
        if (nearest == ball(p)) {
            return CHROME;
        }
        if (nearest == ring(p)) {
            return CORAL;
        }
        for (int k = 0; k < MARBLES.length; k++) {
            if (nearest == marble(p, MARBLES_AT[k])) {
                return MARBLES[k];
            }
        }
        return TEAL;
    }

    /** How much of the surroundings the surface at {@code p} mirrors when seen head-on. */
    static double mirror(Vector p) {
        return ball(p) <= distance(p) ? 0.75 : 0.04;
    }

    /** Outward normal: the gradient of the distance by central differences. */
    static Vector normal(Vector p) {
        return new Vector(slope(p, STEP, 0, 0), slope(p, 0, STEP, 0), slope(p, 0, 0, STEP)).unit();
    }

    private static double slope(Vector p, double x, double y, double z) {
        var step = new Vector(x, y, z);
        return distance(p.plus(step)) - distance(p.minus(step));
    }

    private static double ball(Vector p) {
        return Math.sqrt(square(p.x()) + square(p.y() - 1) + square(p.z() + 0.2)) - 1;
    }

    private static double marble(Vector p, Vector at) {
        double r = at.y();
        return Math.sqrt(square(p.x() - at.x()) + square(p.y() - r) + square(p.z() - at.z())) - r;
    }

    /** A torus leaning against nothing in particular. */
    private static double ring(Vector p) {
        double x = p.x() + 2.05;
        double y = p.y() - 0.86;
        double z = p.z() - 0.35;
        // turned about the upright, then leant back
        double u = 0.76 * x - 0.65 * z;
        double w = 0.65 * x + 0.76 * z;
        double v = 0.94 * y - 0.34 * w;
        double n = 0.34 * y + 0.94 * w;
        double tube = Math.sqrt(u * u + v * v) - 0.66;
        return Math.sqrt(tube * tube + n * n) - 0.22;
    }

    private static double cube(Vector p) {
        double x = p.x() - 2.05;
        double z = p.z() + 0.25;
        double u = Math.abs(0.86 * x - 0.51 * z) - 0.58;
        double v = Math.abs(p.y() - 0.72) - 0.58;
        double w = Math.abs(0.51 * x + 0.86 * z) - 0.58;
        double outside =
                Math.sqrt(square(Math.max(u, 0)) + square(Math.max(v, 0)) + square(Math.max(w, 0)));
        return outside + Math.min(0, Math.max(u, Math.max(v, w))) - 0.14;
    }

    private static double square(double x) {
        return x * x;
    }
}
