package org.kernfield.gp.model;

import java.util.List;

/**
 * What the columns of a table are called.
 *
 * @param inputs d names
 * @param targets p names
 */
record TableNames(List<String> inputs, List<String> targets) {
    TableNames {
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
    }
}
