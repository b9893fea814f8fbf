package org.kernfield.shell.internal.demo;

/** A point, direction or linear colour in space: x right, y up, z towards the viewer. */
record Vector(double x, double y, double z) {
    Vector plus(Vector v) {
        return new Vector(x + v.x, y + v.y, z + v.z);
    }

    Vector minus(Vector v) {
        return new Vector(x - v.x, y - v.y, z - v.z);
    }

    Vector times(double s) {
        return new Vector(s * x, s * y, s * z);
    }

    Vector times(Vector v) {
        return new Vector(x * v.x, y * v.y, z * v.z);
    }

    /** This point, {@code t} along {@code direction}. */
    Vector along(Vector direction, double t) {
        return new Vector(x + t * direction.x, y + t * direction.y, z + t * direction.z);
    }

    double dot(Vector v) {
        return x * v.x + y * v.y + z * v.z;
    }

    Vector cross(Vector v) {
        return new Vector(y * v.z - z * v.y, z * v.x - x * v.z, x * v.y - y * v.x);
    }

    double length() {
        return Math.sqrt(dot(this));
    }

    Vector unit() {
        return times(1 / length());
    }

    /** From this to {@code v} as {@code t} goes from 0 to 1. */
    Vector mix(Vector v, double t) {
        return along(v.minus(this), t);
    }

    /** A direction thrown back by a surface. */
    Vector reflect(Vector normal) {
        return along(normal, -2 * dot(normal));
    }
}
