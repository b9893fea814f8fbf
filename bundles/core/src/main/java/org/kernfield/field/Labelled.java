package org.kernfield.field;

import java.util.List;

/** A field whose values have names, which stand above them in tables. */
public interface Labelled {
    /** A name for each value at a point, as many as {@link Field#outputs}. */
    List<String> outputNames();
}
