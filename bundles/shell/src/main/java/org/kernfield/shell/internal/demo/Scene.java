package org.kernfield.shell.internal.demo;

import org.kernfield.field.Image;

import java.util.stream.IntStream;

/**
 * A small picture made from nothing: shapes on a checkered floor under a clear sky, drawn by
 * marching rays through a signed distance field, with soft shadows and one reflection.
 */
public final class Scene {
    private static final Vector EYE = new Vector(0.4, 2.15, 6.4);
    private static final Vector LOOKED_AT = new Vector(0, 0.85, 0);
    private static final Vector SUN = new Vector(-0.62, 0.7, -0.22).unit();
    private static final Vector SUNLIGHT = new Vector(1.75, 1.55, 1.22);
    private static final Vector SKYLIGHT = new Vector(0.27, 0.33, 0.43);
    private static final Vector ZENITH = new Vector(0.1, 0.27, 0.62);
    private static final Vector HORIZON = new Vector(0.72, 0.8, 0.88);

    /** Distance from the eye to the picture plane in half heights of the picture. */
    private static final double FOCUS = 2.5;

    /** Rays in each pixel, this many squared. */
    private static final int RAYS = 2;

    private static final int STEPS = 120;
    private static final double CLOSE = 1e-3;
    private static final double FAR = 60;

    /** How soft the edges of shadows are; larger is harder. */
    private static final double HARDNESS = 9;

    private final Vector forward = LOOKED_AT.minus(EYE).unit();
    private final Vector right = forward.cross(new Vector(0, 1, 0)).unit();
    private final Vector up = right.cross(forward);

    /** The scene as a picture. */
    public static Image render(int width, int height) {
        var scene = new Scene();
        var values = new float[3 * width * height];
        IntStream.range(0, height).parallel().forEach(y -> scene.row(y, width, height, values));
        return new Image(width, height, 3, values).eightBit();
    }

    private void row(int y, int width, int height, float[] values) {
        for (int x = 0; x < width; x++) {
            var light = new Vector(0, 0, 0);
            for (int k = 0; k < RAYS * RAYS; k++) {
                double px = x + (k % RAYS + 0.5) / RAYS;
                double py = y + (k / RAYS + 0.5) / RAYS;
                double u = (2 * px - width) / height;
                double v = (height - 2 * py) / height;
                var ray = forward.times(FOCUS).along(right, u).along(up, v).unit();
                light = light.plus(seen(EYE, ray, true));
            }
            int place = 3 * (y * width + x);
            values[place] = encoded(light.x() / (RAYS * RAYS));
            values[place + 1] = encoded(light.y() / (RAYS * RAYS));
            values[place + 2] = encoded(light.z() / (RAYS * RAYS));
        }
    }

    /** Light that comes along a ray. */
    private static Vector seen(Vector from, Vector ray, boolean mirrors) {
        double floor = ray.y() < 0 ? -from.y() / ray.y() : FAR;
        double t = march(from, ray, Math.min(floor, FAR));
        if (t < Math.min(floor, FAR)) {
            return shape(from.along(ray, t), ray, mirrors);
        }
        if (floor >= FAR) {
            return sky(ray);
        }
        Vector lit = floor(from.along(ray, floor));
        // the floor fades into the horizon
        return lit.mix(HORIZON, 1 - Math.exp(-0.0022 * floor * floor));
    }

    /** Distance along the ray to a shape, or {@code limit}. */
    private static double march(Vector from, Vector ray, double limit) {
        Vector offset = from.minus(Shapes.CENTRE);
        double middle = -offset.dot(ray);
        double reach = Shapes.RADIUS * Shapes.RADIUS - offset.dot(offset) + middle * middle;
        if (reach <= 0) {
            return limit;
        }
        double t = Math.max(0, middle - Math.sqrt(reach));
        double end = Math.min(limit, middle + Math.sqrt(reach));
        for (int k = 0; k < STEPS && t < end; k++) {
            double distance = Shapes.distance(from.along(ray, t));
            if (distance < CLOSE) {
                return t;
            }
            t += distance;
        }
        return limit;
    }

    private static Vector shape(Vector p, Vector ray, boolean mirrors) {
        Vector normal = Shapes.normal(p);
        Vector colour = Shapes.colour(p);
        Vector above = p.along(normal, 4 * CLOSE);
        Vector lit = colour.times(light(above, normal));
        Vector half = SUN.minus(ray).unit();
        double shine = Math.pow(Math.max(0, half.dot(normal)), 90) * shadow(above);
        double facing = 1 - Math.max(0, -ray.dot(normal));
        // Schlick's approximation of Fresnel's equations
        double head = Shapes.mirror(p);
        double mirror = head + (1 - head) * Math.pow(facing, 5);
        Vector thrown =
                mirrors ? seen(above, ray.reflect(normal), false) : sky(ray.reflect(normal));
        return lit.times(1 - mirror)
                .plus(thrown.times(mirror).times(head > 0.5 ? colour : WHITE))
                .plus(SUNLIGHT.times(0.7 * shine));
    }

    private static final Vector WHITE = new Vector(1, 1, 1);

    private static Vector floor(Vector p) {
        boolean dark = ((long) Math.floor(p.x() * 0.9) + (long) Math.floor(p.z() * 0.9) & 1) == 0;
        Vector colour = dark ? new Vector(0.13, 0.15, 0.2) : new Vector(0.72, 0.68, 0.6);
        var normal = new Vector(0, 1, 0);
        return colour.times(light(p.along(normal, CLOSE), normal));
    }

    /** Light that falls on a surface: sun where it is not in shadow, and sky where it is open. */
    private static Vector light(Vector p, Vector normal) {
        double facing = normal.dot(SUN);
        double sun = facing <= 0 ? 0 : facing * shadow(p);
        double open = (0.55 + 0.45 * normal.y()) * openness(p, normal);
        return SUNLIGHT.times(sun).plus(SKYLIGHT.times(open));
    }

    /** 1 in full sun, 0 in full shadow; narrow misses give the half-shadow. */
    private static double shadow(Vector p) {
        double lit = 1;
        double t = 0.02;
        for (int k = 0; k < STEPS / 2 && t < 2 * Shapes.RADIUS; k++) {
            double distance = Shapes.distance(p.along(SUN, t));
            if (distance < CLOSE) {
                return 0;
            }
            lit = Math.min(lit, HARDNESS * distance / t);
            t += Math.clamp(distance, 0.02, 0.5);
        }
        return lit * lit * (3 - 2 * lit);
    }

    /** How much of the sky is seen, from how far the surroundings keep along the normal. */
    private static double openness(Vector p, Vector normal) {
        double closed = 0;
        double weight = 1;
        for (int k = 1; k <= 4; k++) {
            double t = 0.14 * k;
            Vector at = p.along(normal, t);
            closed += weight * Math.max(0, t - Math.min(Shapes.distance(at), at.y()));
            weight *= 0.7;
        }
        return Math.max(0, 1 - 1.1 * closed);
    }

    private static Vector sky(Vector ray) {
        double height = Math.max(0, ray.y());
        Vector air = HORIZON.mix(ZENITH, 1 - Math.pow(1 - height, 3));
        double near = Math.max(0, ray.dot(SUN));
        return air.plus(SUNLIGHT.times(0.9 * Math.pow(near, 400) + 0.12 * Math.pow(near, 12)));
    }

    /** A soft shoulder for bright light, then the sRGB transfer function. */
    private static float encoded(double light) {
        double x = light / (1 + 0.28 * light);
        return (float)
                (x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(Math.min(x, 1), 1 / 2.4) - 0.055);
    }
}
