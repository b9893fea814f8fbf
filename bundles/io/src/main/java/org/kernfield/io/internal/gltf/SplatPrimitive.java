package org.kernfield.io.internal.gltf;

import org.kernfield.format.Limits;
import org.kernfield.scene.Splats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        int holder = 0;
        List<?> meshes = document.list("meshes");
        for (int mesh = 0; mesh < meshes.size(); mesh++) {
            Object primitives =
                    meshes.get(mesh) instanceof Map<?, ?> m ? m.get("primitives") : null;
            for (Object item : primitives instanceof List<?> list ? list : List.of()) {
                if (item instanceof Map<?, ?> primitive
                        && primitive.get("extensions") instanceof Map<?, ?> extensions
                        && extensions.containsKey(EXTENSION)
                        && primitive.get("attributes") instanceof Map<?, ?> attributes) {
                    if (found != null) {
                        throw new IllegalArgumentException("several splat scenes in one file");
                    }
                    found = new SplatPrimitive(document, attributes);
                    holder = mesh;
                }
            }
        }
        if (found == null) {
            throw new IllegalArgumentException("it has no splats (" + EXTENSION + ")");
        }
        if (new GltfNodes(document).move(holder)) {
            throw new IllegalArgumentException("its nodes are moved, which is not read");
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

    /** Positions, rotations, scales, opacities, then colours, coefficient after coefficient. */
    private List<GltfAccessor> accessors(int highest) {
        var accessors = new ArrayList<GltfAccessor>();
        accessors.add(positions);
        accessors.add(accessor(EXTENSION + ":ROTATION", 4));
        accessors.add(accessor(EXTENSION + ":SCALE", 3));
        accessors.add(accessor(EXTENSION + ":OPACITY", 1));
        for (int degree = 0; degree <= highest; degree++) {
            for (int order = 0; order < 2 * degree + 1; order++) {
                accessors.add(accessor(harmonic(degree, order), 3));
            }
        }
        return accessors;
    }

    /**
     * Refuses attributes that the file claims and has not, before anything is allocated for them.
     *
     * @throws EOFException if a buffer is shorter than it should be
     */
    public void checkRows() throws IOException {
        for (GltfAccessor accessor : accessors(degree())) {
            accessor.checkRows();
        }
    }

    /** Copies every attribute; rotations as x, y, z, w, scales and opacities as they are. */
    public void copyTo(Splats splats) throws IOException {
        List<GltfAccessor> accessors = accessors(splats.degree());
        accessors.get(0).copyTo(splats.means(), 3, 0);
        accessors.get(1).copyTo(splats.rotations(), 4, 0);
        accessors.get(2).copyTo(splats.logScales(), 3, 0);
        accessors.get(3).copyTo(splats.opacities(), 1, 0);
        int width = 3 * Splats.coefficients(splats.degree());
        for (int k = 0; 3 * k < width; k++) {
            accessors.get(4 + k).copyTo(splats.sh(), width, 3 * k);
        }
    }
}
