package org.kernfield.io.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Lengths of the codes of an optimal prefix code (D. A. Huffman 1952) with a bound on them. */
public final class PrefixLengths {
    private PrefixLengths() {}

    /** A node of the tree; symbols come before joints of the same count, so it is repeatable. */
    private record Node(long count, int order, Node left, Node right) {}

    /**
     * Bits of each symbol's code; 0 for symbols that do not occur. One symbol alone gets 1.
     *
     * @param counts how often each symbol occurs
     * @param longest bound on the lengths; 2^longest symbols at most
     */
    public static int[] of(int[] counts, int longest) {
        int[] flattened = counts.clone();
        var lengths = new int[counts.length];
        // halving the differences shortens the longest code until it fits
        while (!assign(flattened, lengths, longest)) {
            for (int s = 0; s < counts.length; s++) {
                flattened[s] = flattened[s] > 0 ? (flattened[s] >>> 1) + 1 : 0;
            }
        }
        return lengths;
    }

    private static boolean assign(int[] counts, int[] lengths, int longest) {
        var queue =
                new PriorityQueue<Node>(
                        Comparator.comparingLong(Node::count).thenComparingInt(Node::order));
        for (int s = 0; s < counts.length; s++) {
            if (counts[s] > 0) {
                queue.add(new Node(counts[s], s, null, null));
            }
        }
        Arrays.fill(lengths, 0);
        if (queue.size() < 2) {
            queue.forEach(node -> lengths[node.order] = 1);
            return true;
        }
        for (int order = counts.length; queue.size() > 1; order++) {
            Node a = queue.remove();
            Node b = queue.remove();
            queue.add(new Node(a.count + b.count, order, a, b));
        }
        return measure(queue.remove(), 0, lengths) <= longest;
    }

    private static int measure(Node node, int depth, int[] lengths) {
        if (node.left == null) {
            lengths[node.order] = depth;
            return depth;
        }
        return Math.max(
                measure(node.left, depth + 1, lengths), measure(node.right, depth + 1, lengths));
    }
}
