package org.kernfield.engine.internal.scene;

import org.kernfield.scene.Camera;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The undistortions of cameras, each found once: most pictures of a scene share one camera. */
final class Undistortions {
    private final Map<List<Object>, Undistortion> found = new ConcurrentHashMap<>();

    /** As {@link Undistortion#of}. */
    Undistortion of(Camera camera) {
        return found.computeIfAbsent(numbers(camera), key -> Undistortion.of(camera));
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
