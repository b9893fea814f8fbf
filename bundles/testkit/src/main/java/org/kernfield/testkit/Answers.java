package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a field has answered on one backend; its checks throw an {@link AssertionError}. */
final class Answers {
    /** Of single-precision answers, of the largest one: that of a channel of a composite. */
    private static final double SINGLE = 1e-5;

    /** Of answers in double precision; rounding is 1e-14, what is solved for makes more of it. */
    private static final double DOUBLE = 1e-9;

    /** One of so many numbers of a picture may lie on a threshold, and differ by so much. */
    private static final int ON_A_THRESHOLD = 1000;

    private static final double THRESHOLD = 2 / 255.0;

    private final Map<String, Answer> all = new LinkedHashMap<>();

    /**
     * @param isPicture whether it was drawn, which may decide by thresholds what is visible
     */
    private record Answer(Array values, boolean isPicture) {}

    void add(String what, Array values) {
        add(what, values, false);
    }

    void addPicture(String what, Array values) {
        add(what, values, true);
    }

    private void add(String what, Array values, boolean isPicture) {
        require(values != null, "it was asked for a " + what + " and gave null");
        all.put(what, new Answer(values, isPicture));
    }

    /** The same answers are there, of the same shape, apart by rounding alone. */
    void requireAlike(Answers reference) {
        require(
                all.keySet().equals(reference.all.keySet()),
                "it answers %s, on the reference %s"
                        .formatted(all.keySet(), reference.all.keySet()));
        all.forEach((what, given) -> requireAlike(what, given, reference.all.get(what).values()));
    }

    private static void requireAlike(String what, Answer answer, Array expected) {
        Array given = answer.values();
        require(
                given.rows() == expected.rows() && given.width() == expected.width(),
                "%s: %d × %d numbers, on the reference %d × %d"
                        .formatted(
                                what,
                                given.rows(),
                                given.width(),
                                expected.rows(),
                                expected.width()));
        double tolerance = given.type() == ElementType.F64 ? DOUBLE : SINGLE;
        double largest = 1;
        for (long k = 0; k < expected.elements(); k++) {
            double value = expected.get(k);
            require(
                    Double.isFinite(value),
                    "%s %d is %s on the reference".formatted(what, k, value));
            largest = Math.max(largest, Math.abs(value));
        }
        long onAThreshold = answer.isPicture() ? expected.elements() / ON_A_THRESHOLD : 0;
        for (long k = 0; k < expected.elements(); k++) {
            double apart = Math.abs(given.get(k) - expected.get(k));
            // a NaN is apart from everything
            if (apart <= tolerance * largest) {
                continue;
            }
            onAThreshold--;
            require(
                    onAThreshold >= 0 && apart <= THRESHOLD,
                    "%s %d is %s, on the reference %s"
                            .formatted(what, k, given.get(k), expected.get(k)));
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new AssertionError(sentence);
        }
    }
}
