package org.kernfield.kernel;

/**
 * A named result of a kernel.
 *
 * @param name unique among the kernel's outputs
 * @param value one expression a component
 */
public record Output(String name, Vec value) {
    public int width() {
        return value.size();
    }
}
