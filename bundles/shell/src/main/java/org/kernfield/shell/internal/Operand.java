package org.kernfield.shell.internal;

/**
 * An argument given by its place.
 *
 * @param name upper-case, as help shows it
 * @param required whether the command needs it
 * @param wants what it names
 */
public record Operand(String name, boolean required, Wants wants) {
    public static Operand required(String name, Wants wants) {
        return new Operand(name, true, wants);
    }

    public static Operand optional(String name, Wants wants) {
        return new Operand(name, false, wants);
    }

    String shown() {
        return required ? name : "[" + name + "]";
    }
}
