package org.kernfield.gp;

import org.kernfield.field.Nearest;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Vec;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns that a function looks at, by number from 0 or by name; all if there are none.
 *
 * @param given numbers and names as they were given
 */
record Columns(List<String> given) {
    static final Columns ALL = new Columns(List.of());

    Columns {
        given = List.copyOf(given);
    }

    boolean isAll() {
        return given.isEmpty();
    }

    /** Components of a row of columns called {@code names}. */
    Vec of(Vec row, List<String> names) {
        if (isAll()) {
            return row;
        }
        var components = new ArrayList<Expr>();
        for (String column : given) {
            components.add(row.get(index(column, names)));
        }
        return Vec.of(components);
    }

    /** Their numbers among columns called {@code names}. */
    int[] indices(List<String> names) {
        return isAll()
                ? IntStream.range(0, names.size()).toArray()
                : given.stream().mapToInt(column -> index(column, names)).toArray();
    }

    private static int index(String column, List<String> names) {
        int named = names.indexOf(column);
        if (named >= 0) {
            return named;
        }
        boolean isNumber = column.chars().allMatch(Character::isDigit) && !column.isEmpty();
        if (isNumber && column.length() < 9 && Integer.parseInt(column) < names.size()) {
            return Integer.parseInt(column);
        }
        throw new IllegalArgumentException(
                "dims="
                        + column
                        + ": no such column; "
                        + (isNumber
                                ? "use 0 to " + (names.size() - 1)
                                : Nearest.suggestion(column, names)));
    }

    /** As in text: {@code 2}, {@code age} or {@code [0, "body mass"]}. */
    String text() {
        String list = given.stream().map(Columns::quoted).collect(Collectors.joining(", "));
        return given.size() == 1 ? list : "[" + list + "]";
    }

    private static String quoted(String column) {
        return column.matches("\\d+|[A-Za-z_][A-Za-z0-9_]*") ? column : '"' + column + '"';
    }
}
