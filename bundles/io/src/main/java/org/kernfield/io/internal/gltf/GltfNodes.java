package org.kernfield.io.internal.gltf;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The nodes of a glTF file, each below at most one other. */
final class GltfNodes {
    private static final int NONE = -1;
    private static final double[] UNMOVED = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};

    private final List<?> nodes;

    /** The node above each; none for those at the top. */
    private final int[] parents;

    GltfNodes(GltfDocument document) {
        this.nodes = document.list("nodes");
        this.parents = new int[nodes.size()];
        Arrays.fill(parents, NONE);
        for (int node = 0; node < parents.length; node++) {
            for (Object child : list(node(node), "children")) {
                int below = child instanceof Number n ? n.intValue() : NONE;
                if (below >= 0 && below < parents.length) {
                    parents[below] = node;
                }
            }
        }
    }

    private Map<?, ?> node(int node) {
        return nodes.get(node) instanceof Map<?, ?> members ? members : Map.of();
    }

    private static List<?> list(Map<?, ?> node, String name) {
        return node.get(name) instanceof List<?> items ? items : List.of();
    }

    /** Whether a node that shows {@code mesh}, or one above it, moves it. */
    boolean move(int mesh) {
        var isSeen = new boolean[parents.length];
        for (int node = 0; node < parents.length; node++) {
            if (GltfDocument.integer(node(node), "mesh", NONE) == mesh) {
                // what was seen moved nothing, up to the top; a ring of nodes ends there too
                for (int at = node; at != NONE && !isSeen[at]; at = parents[at]) {
                    isSeen[at] = true;
                    if (moves(node(at))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean moves(Map<?, ?> node) {
        boolean isTurned =
                !says(node, "rotation", 0, 0, 0, 1) && !says(node, "rotation", 0, 0, 0, -1);
        return isTurned
                || !says(node, "matrix", UNMOVED)
                || !says(node, "translation", 0, 0, 0)
                || !says(node, "scale", 1, 1, 1);
    }

    /** Whether a node has these numbers, or nothing of that name. */
    private static boolean says(Map<?, ?> node, String name, double... numbers) {
        List<?> items = list(node, name);
        boolean isSaid = items.size() == numbers.length;
        for (int k = 0; k < numbers.length && isSaid; k++) {
            isSaid = items.get(k) instanceof Number n && n.doubleValue() == numbers[k];
        }
        return isSaid || !node.containsKey(name);
    }
}
