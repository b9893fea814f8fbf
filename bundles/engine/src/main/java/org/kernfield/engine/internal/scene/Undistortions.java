package org.kernfield.engine.internal.scene;

import org.kernfield.scene.Camera;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which cameras are made straight, and how; each is decided on once: most pictures of a scene share
 * one camera.
 */
final class Undistortions {
    /** Beyond it straight pictures lose too much to be made unasked. */
    private static final double MOST_STRAIN = 1.5;

    /** Of a camera whose pictures cannot be made straight at all. */
    private static final double NEVER = Double.POSITIVE_INFINITY;

    private static final String KEPT = "pictures of distorted cameras are trained as they are";

    /** Of half the diagonal; a lens whose picture folds over nearer to its middle is none. */
    private static final double LEAST_REACH = 0.5;

    private final String asked;
    private final Map<List<Object>, Decision> found = new ConcurrentHashMap<>();

    /**
     * @param straight null where pictures stay as they are
     * @param strain see {@link Undistortion#strain}
     */
    private record Decision(Undistortion straight, double strain) {}

    /**
     * @param asked one of the choices of {@link SceneSettings#DISTORTION}
     */
    Undistortions(String asked) {
        this.asked = asked;
    }

    /**
     * How a camera's pictures are made straight; null where they stay as they are.
     *
     * @throws IllegalArgumentException as {@link Undistortion#of}, where straight ones are asked
     *     for or most of the picture folds over
     */
    Undistortion of(Camera camera) {
        return Undistortion.isNeeded(camera)
                ? found.computeIfAbsent(numbers(camera), key -> decision(camera)).straight
                : null;
    }

    private Decision decision(Camera camera) {
        if (asked.equals(SceneSettings.KEEP)) {
            return new Decision(null, NEVER);
        }
        try {
            Undistortion straight = Undistortion.of(camera);
            double strain = straight.strain();
            boolean isKept = asked.equals(SceneSettings.AUTO) && strain > MOST_STRAIN;
            return new Decision(isKept ? null : straight, strain);
        } catch (IllegalArgumentException folded) {
            if (asked.equals(SceneSettings.AUTO) && isLens(camera)) {
                return new Decision(null, NEVER);
            }
            throw folded;
        }
    }

    private static boolean isLens(Camera camera) {
        double diagonal = Math.hypot(camera.width(), camera.height());
        return Undistortion.reach(camera) >= LEAST_REACH * diagonal / 2;
    }

    /** What was decided so far, in sentences; the same ones whatever the order of the pictures. */
    List<String> remarks() {
        var straight = new TreeSet<Double>();
        var kept = new TreeSet<Double>();
        for (Decision decision : found.values()) {
            (decision.straight == null ? kept : straight).add(decision.strain);
        }
        var lines = new ArrayList<String>();
        if (!straight.isEmpty()) {
            lines.add(
                    "pictures of distorted cameras were made straight, which changes their sampling up to %.2f times; distortion=keep trains them as they are"
                            .formatted(straight.last()));
        }
        Double most = kept.lower(NEVER);
        if (most != null) {
            lines.add(
                    KEPT
                            + ": made straight, their sampling would change up to %.2f times; distortion=straighten does so"
                                    .formatted(most));
        }
        if (kept.contains(NEVER)) {
            boolean isAsked = asked.equals(SceneSettings.KEEP);
            lines.add(KEPT + (isAsked ? "" : ": they cannot be made straight"));
        }
        return lines;
    }

    private static List<Object> numbers(Camera camera) {
        var numbers =
                new ArrayList<Object>(
                        List.of(
                                camera.lens(),
                                camera.width(),
                                camera.height(),
                                camera.fx(),
                                camera.fy(),
                                camera.cx(),
                                camera.cy()));
        for (double coefficient : camera.distortion()) {
            numbers.add(coefficient);
        }
        return numbers;
    }
}
