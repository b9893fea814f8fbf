package org.kernfield.field;

/** A field whose model still holds the rows of the table it was fitted to. */
public interface Trained {
    /** The rows that were fitted, none held out. */
    TableTask training();
}
