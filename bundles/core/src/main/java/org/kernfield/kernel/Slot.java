package org.kernfield.kernel;

import java.util.regex.Pattern;

/**
 * A named place where a kernel reads numbers.
 *
 * @param name a Java-like identifier, unique in its kernel
 * @param role whose row it is read from
 * @param width how many components a row has, at least 1
 */
public record Slot(String name, Role role, int width) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Whose row a slot is read from. */
    public enum Role {
        /** One row per query i. */
        INPUT,
        /** One row per source j. */
        PARAM,
        /** One row for the whole reduction. */
        UNIFORM,
        /** One row per visited pair of a query and a source. */
        PAIR
    }

    public Slot {
        if (!NAME.matcher(name).matches()) {
            throw new KernelException(
                    "slot '" + name + "': not a name; use letters, digits and '_', no digit first");
        }
        if (width < 1) {
            throw new KernelException("slot " + name + ": width " + width + "; use at least 1");
        }
    }

    /** The same slot read from another role's row. */
    Slot as(Role other) {
        return new Slot(name, other, width);
    }

    /** The slot's components as expressions. */
    Vec read() {
        var components = new Expr[width];
        for (int k = 0; k < width; k++) {
            components[k] = new Expr.Read(this, k);
        }
        return Vec.of(components);
    }

    /** Prints as {@code param mu[2]}. */
    @Override
    public String toString() {
        return role.name().toLowerCase(java.util.Locale.ROOT) + " " + name + "[" + width + "]";
    }
}
