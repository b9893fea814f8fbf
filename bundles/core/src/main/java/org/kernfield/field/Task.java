package org.kernfield.field;

import java.util.List;

/** What is to be fitted. Plugins may add tasks of their own. */
public interface Task {
    /** Short lower-case name, for example {@code image}. */
    String name();

    /** Numbers in the data; what one step's cost grows with. */
    long size();

    /** What a user may set about the data itself; jobs store them with the others. */
    default List<Setting<?>> settings() {
        return List.of();
    }
}
