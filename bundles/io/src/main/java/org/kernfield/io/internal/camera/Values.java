package org.kernfield.io.internal.camera;

import java.util.List;
import java.util.Map;

/** Members of a parsed description. */
record Values(Map<?, ?> members) {
    /**
     * @throws IllegalArgumentException if {@code value} is no object
     */
    static Values of(Object value) {
        if (value instanceof Map<?, ?> members) {
            return new Values(members);
        }
        throw new IllegalArgumentException("its description is no object where one should be");
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    Values object(String name) {
        if (members.get(name) instanceof Map<?, ?> object) {
            return new Values(object);
        }
        throw new IllegalArgumentException("it has no " + name);
    }

    List<?> list(String name) {
        if (members.get(name) instanceof List<?> items) {
            return items;
        }
        throw new IllegalArgumentException("it has no list " + name);
    }

    String text(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("it has no text " + name);
    }

    /** Whether it is there and says so. */
    boolean isTrue(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    double number(String name) {
        if (members.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("it has no number " + name);
    }

    double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    /** The numbers of a list; exactly {@code count}. */
    static double[] numbers(Object value, int count) {
        if (value instanceof List<?> items && items.size() == count) {
            var numbers = new double[count];
            for (int k = 0; k < count; k++) {
                if (!(items.get(k) instanceof Number number)) {
                    throw new IllegalArgumentException("a list with something else than numbers");
                }
                numbers[k] = number.doubleValue();
            }
            return numbers;
        }
        throw new IllegalArgumentException(
                "there are not " + count + " numbers where they should be");
    }
}
