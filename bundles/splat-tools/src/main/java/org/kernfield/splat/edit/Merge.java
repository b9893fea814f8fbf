package org.kernfield.splat.edit;

import org.kernfield.scene.Splats;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Several scenes as one. */
public final class Merge {
    private Merge() {}

    /**
     * The splats of all {@code scenes}, one scene after the other, of the highest degree among
     * them; coefficients and further properties that a scene lacks are 0.
     *
     * @throws IllegalArgumentException if they are more than arrays can hold
     */
    public static Splats of(List<Splats> scenes) {
        int degree = scenes.stream().mapToInt(Splats::degree).max().orElse(0);
        long count = scenes.stream().mapToLong(Splats::count).sum();
        int width = 3 * Splats.coefficients(degree);
        if (count * width > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "merging: %,d splats of degree %d; these are too many for one scene"
                            .formatted(count, degree));
        }
        Splats merged = Splats.allocate((int) count, degree);
        var names = new LinkedHashSet<String>();
        scenes.forEach(s -> names.addAll(s.extra().keySet()));
        Map<String, float[]> extra = new LinkedHashMap<>();
        names.forEach(name -> extra.put(name, new float[(int) count]));
        int at = 0;
        for (Splats scene : scenes) {
            copy(scene.means(), merged.means(), 3 * at);
            copy(scene.logScales(), merged.logScales(), 3 * at);
            copy(scene.rotations(), merged.rotations(), 4 * at);
            copy(scene.opacities(), merged.opacities(), at);
            int own = 3 * Splats.coefficients(scene.degree());
            for (int k = 0; k < scene.count(); k++) {
                System.arraycopy(scene.sh(), k * own, merged.sh(), (at + k) * width, own);
            }
            for (var property : scene.extra().entrySet()) {
                copy(property.getValue(), extra.get(property.getKey()), at);
            }
            at += scene.count();
        }
        return extra.isEmpty() ? merged : merged.with(extra);
    }

    private static void copy(float[] from, float[] to, int at) {
        System.arraycopy(from, 0, to, at, from.length);
    }
}
