package org.kernfield.io.internal.gltf;

import org.kernfield.format.Limits;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The primitive of a glTF file that holds splats, in the axes and activations of the file. */
public final class SplatPrimitive {
    static final String EXTENSION = "KHR_gaussian_splatting";

    private final GltfDocument document;
    private final Map<?, ?> attributes;
    private final GltfAccessor positions;

    private SplatPrimitive(GltfDocument document, Map<?, ?> attributes) {
        this.document = document;
        this.attributes = attributes;
        this.positions = accessor("POSITION", 3);
    }

    /**
     * The one primitive of splats.
     *
     * @throws IllegalArgumentException if there is none, if there are several, or if a node moves
     *     it
     */
    public static SplatPrimitive find(Path file, Limits limits) throws IOException {
        var document = GltfDocument.read(file, limits);
        SplatPrimitive found = null;
        for (Object mesh : document.list("meshes")) {
            Object primitives = mesh instanceof Map<?, ?> m ? m.get("primitives") : null;
            for (Object item : primitives instanceof List<?> list ? list : List.of()) {
                if (item instanceof Map<?, ?> primitive
                        && primitive.get("extensions") instanceof Map<?, ?> extensions
                        && extensions.containsKey(EXTENSION)
                        && primitive.get("attributes") instanceof Map<?, ?> attributes) {
                    if (found != null) {
                        throw new IllegalArgumentException("several splat scenes in one file");
                    }
                    found = new SplatPrimitive(document, attributes);
                }
            }
        }
        if (found == null) {
            throw new IllegalArgumentException("it has no splats (" + EXTENSION + ")");
        }
        for (Object item : document.list("nodes")) {
            if (item instanceof Map<?, ?> node
                    && (node.containsKey("matrix")
                            || node.containsKey("rotation")
                            || node.containsKey("translation")
                            || node.containsKey("scale"))) {
                throw new IllegalArgumentException("its nodes are moved, which is not read");
            }
        }
        return found;
    }

    private GltfAccessor accessor(String name, int width) {
        int index = GltfDocument.integer(attributes, name, -1);
        GltfAccessor accessor = document.accessor(index);
        if (accessor.width() != width
                || positions != null && accessor.count() != positions.count()) {
            throw new IllegalArgumentException("its attribute " + name + " does not fit");
        }
        return accessor;
    }

    public int count() {
        return positions.count();
    }

    /** The highest whole degree of its spherical harmonics. */
    public int degree() {
        int degree = 0;
        while (degree < Splats.MAX_DEGREE && attributes.containsKey(harmonic(degree + 1, 0))) {
            degree++;
        }
        return degree;
    }

    static String harmonic(int degree, int order) {
        return EXTENSION + ":SH_DEGREE_" + degree + "_COEF_" + order;
    }

    /** Copies every attribute; rotations as x, y, z, w, scales and opacities as they are. */
    public void copyTo(Splats splats) throws IOException {
        positions.copyTo(splats.means(), 3, 0);
        accessor(EXTENSION + ":ROTATION", 4).copyTo(splats.rotations(), 4, 0);
        accessor(EXTENSION + ":SCALE", 3).copyTo(splats.logScales(), 3, 0);
        accessor(EXTENSION + ":OPACITY", 1).copyTo(splats.opacities(), 1, 0);
        int width = 3 * Splats.coefficients(splats.degree());
        for (int degree = 0, k = 0; degree <= splats.degree(); degree++) {
            for (int order = 0; order < 2 * degree + 1; order++, k++) {
                accessor(harmonic(degree, order), 3).copyTo(splats.sh(), width, 3 * k);
            }
        }
    }
}
