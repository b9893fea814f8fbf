package org.kernfield.backend;

/**
 * What a reduction writes.
 *
 * @param name key of its buffer
 * @param type element type of the buffer
 * @param rows of the buffer
 * @param width of the buffer
 */
public record Result(String name, ElementType type, long rows, int width) {}
