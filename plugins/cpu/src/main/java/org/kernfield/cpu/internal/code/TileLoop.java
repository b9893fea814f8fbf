package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.UniformLayout;

import java.lang.classfile.CodeBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Writes the frame that loops over pairs have in common, inside {@link SumCode}: some vectors of
 * targets stay in registers while the other rows go by one at a time. A row's numbers are loaded
 * once for all vectors of the tile, and the vectors' chains of operations hide each other's
 * latency.
 */
final class TileLoop {
    private final DensePlan plan;
    private final LaneCode v;
    private final CodeBuilder b;

    /** Lines that the loop needs, those in {@code given} as it finds them. */
    private final List<Integer> needed;

    /** Pair values that lie in memory, row by row, a tile side by side. */
    private final List<Integer> given;

    private final List<Integer> passing;

    /** One for each vector of the tile. */
    final List<Emitter> emitters = new ArrayList<>();

    /** The first target of each vector. */
    final List<Integer> at = new ArrayList<>();

    private final List<Integer> pairs;
    private int[] planes;
    private int zero;
    private int slot;

    /**
     * @param results what becomes of the pairs
     * @param tame exponentials whose argument is known to lie in [−87, 1]
     */
    TileLoop(
            LaneCode v,
            DensePlan plan,
            List<Integer> needed,
            List<Integer> given,
            Collection<Integer> results,
            int vectors,
            Collection<Integer> tame) {
        this.v = v;
        this.b = v.code;
        this.plan = plan;
        this.needed = needed;
        this.given = given;
        passing = plan.passing.stream().filter(needed::contains).toList();
        pairs = new ArrayList<>(level(DensePlan.PAIR));
        pairs.removeAll(given);
        for (int t = 0; t < vectors; t++) {
            emitters.add(new Emitter(v, plan.ssa, needed, results, tame));
        }
    }

    private List<Integer> level(int bits) {
        return Levels.exactly(plan.ssa, needed, bits);
    }

    /** What is the same for all rows. */
    void begin(UniformLayout uniforms) {
        zero = v.newInt(0);
        int uniform = v.array(b.parameterSlot(3));
        List<Integer> common = level(0);
        var first = emitters.getFirst();
        first.emit(common, l -> v.broadcast(uniform, zero, v.newInt(uniforms.index(l))));
        int[] inputs = v.planes(b.parameterSlot(0), plan.inputs.size());
        int[] offsets = v.elements(b.parameterSlot(1), plan.inputs.size());
        planes = v.planes(b.parameterSlot(2), plan.passing.size() + given.size());
        slot = v.newInt(0);
        for (Emitter emitter : emitters) {
            emitter.share(first, common);
            b.iload(b.parameterSlot(6)).loadConstant(at.size() * v.lanes()).iadd();
            int here = v.storeInt();
            at.add(here);
            emitter.emit(
                    level(Levels.QUERY),
                    l -> {
                        int k = plan.inputs.indexOf(l);
                        return v.load(inputs[k], offsets[k], here);
                    });
        }
    }

    /** What to do with the pairs of one vector. */
    interface Pairs {
        /**
         * @param vector number of the vector in the tile
         * @param slot an int local that counts numbers of pairs, from 0 on
         */
        void done(Emitter emitter, int vector, int slot);
    }

    /** The tile and row {@code j}. */
    void row(int j, Pairs then) {
        var first = emitters.getFirst();
        for (int line : passing) {
            first.defineSource(line, v.broadcast(planes[plan.passing.indexOf(line)], zero, j));
        }
        for (int t = 0; t < emitters.size(); t++) {
            var emitter = emitters.get(t);
            emitter.share(first, passing);
            int k = plan.passing.size();
            for (int line : given) {
                emitter.define(line, v.load(planes[k++], zero, slot));
            }
            emitter.emit(
                    pairs,
                    l -> {
                        throw new IllegalStateException(l.text());
                    });
            then.done(emitter, t, slot);
            v.advance(slot);
        }
    }
}
