package org.kernfield.backend;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Numbers in a backend's own memory and layout. It belongs to the session that allocated it and
 * dies with it.
 */
@ConsumerType
public interface Buffer extends AutoCloseable {
    ElementType type();

    long rows();

    int width();

    /**
     * Copies host values in, converting the element type.
     *
     * @param values {@code rows × width}; not modified
     */
    void write(Array values);

    /**
     * Copies the values out, converting the element type.
     *
     * @param into {@code rows × width}; overwritten
     */
    void read(Array into);

    /** Gives the memory back to the budget; further use is an error. */
    @Override
    void close();
}
