package org.kernfield.field;

/** A field that says how healthy its fit was; a model that was loaded still says it. */
public interface Reporting {
    Report report();
}
