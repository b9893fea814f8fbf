package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.UniformLayout;

import java.lang.classfile.CodeBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Writes the frame that loops over pairs have in common, inside {@link StripCode}: some rows at a
 * time meet the targets of a strip, vector by vector. What a target has is loaded once for all rows
 * taken together, and their chains of operations hide each other's latency.
 */
final class StripLoop {
    private final DensePlan plan;
    private final StripLayout layout;
    private final LaneCode v;
    private final CodeBuilder b;

    /** Lines that the loop needs, those in {@code given} as it finds them. */
    private final List<Integer> needed;

    /** Pair values that lie in memory. */
    private final List<Integer> given;

    private final List<Integer> passing;
    private final List<Integer> targets;
    private final List<Integer> pairs;

    /** One for each row taken together. */
    final List<Emitter> emitters = new ArrayList<>();

    /**
     * @param results what becomes of the pairs
     * @param together rows taken together
     * @param tame exponentials whose argument is known to lie in [−87, 1]
     */
    StripLoop(
            LaneCode v,
            DensePlan plan,
            StripLayout layout,
            List<Integer> needed,
            List<Integer> given,
            Collection<Integer> results,
            int together,
            Collection<Integer> tame) {
        this.v = v;
        this.b = v.code;
        this.plan = plan;
        this.layout = layout;
        this.needed = needed;
        this.given = given;
        passing = plan.passing.stream().filter(needed::contains).toList();
        targets = plan.targets.stream().filter(needed::contains).toList();
        pairs = new ArrayList<>(Levels.exactly(plan.ssa, needed, DensePlan.PAIR));
        pairs.removeAll(given);
        for (int r = 0; r < together; r++) {
            emitters.add(new Emitter(v, plan.ssa, needed, results, tame));
        }
    }

    /** What is done with the pairs of a vector of targets and the rows taken together. */
    interface Pairs {
        /**
         * @param at the int local with the place of the first row's pairs in their memory
         * @param i the int local with the number of the vector's first target
         */
        void done(int at, int i);
    }

    /** What is done before or after the targets go by. */
    interface Rows {
        void done();
    }

    /** The whole method but its return. */
    void method(UniformLayout uniforms, Rows before, Pairs each, Rows after) {
        int zero = v.newInt(0);
        common(uniforms, zero);
        int own = v.array(b.parameterSlot(0));
        int rows = v.array(b.parameterSlot(1));
        int numbers = given.isEmpty() ? -1 : v.array(b.parameterSlot(3));
        int values = plan.passing.size();
        int place = b.parameterSlot(4);
        int j = b.parameterSlot(7);
        b.iload(j).loadConstant(values).imul();
        int row = v.storeInt();
        Loop.steps(
                v,
                j,
                b.parameterSlot(8),
                emitters.size(),
                () -> {
                    rows(rows, row);
                    before.done();
                    int i = v.newInt(0);
                    Loop.whole(
                            v,
                            i,
                            b.parameterSlot(6),
                            () -> {
                                b.iload(place).iload(i).iadd();
                                int at = v.storeInt();
                                vector(own, numbers, at, i);
                                each.done(at, i);
                            });
                    after.done();
                    v.advance(place, emitters.size() * layout.width());
                    v.advance(row, emitters.size() * values);
                });
    }

    /** What is the same for all pairs. */
    private void common(UniformLayout uniforms, int zero) {
        int uniform = v.array(b.parameterSlot(2));
        List<Integer> common = Levels.exactly(plan.ssa, needed, 0);
        Emitter first = emitters.getFirst();
        first.emit(common, l -> v.broadcast(uniform, zero, v.newInt(uniforms.index(l))));
        emitters.forEach(e -> e.share(first, common));
    }

    /** Loads the values of the rows taken together. */
    private void rows(int rows, int row) {
        int values = plan.passing.size();
        for (int r = 0; r < emitters.size(); r++) {
            for (int line : passing) {
                int place = v.newInt(r * values + plan.passing.indexOf(line));
                emitters.get(r).defineSource(line, v.broadcast(rows, row, place));
            }
        }
    }

    /** An int local with the place of plane {@code k}. */
    int plane(int k) {
        return v.newInt(k * layout.width());
    }

    private void vector(int own, int numbers, int at, int i) {
        for (int line : targets) {
            int plane = plane(plan.targets.indexOf(line));
            emitters.getFirst().defineSource(line, v.load(own, plane, i));
        }
        for (int r = 0; r < emitters.size(); r++) {
            Emitter emitter = emitters.get(r);
            emitter.share(emitters.getFirst(), targets);
            for (int k = 0; k < given.size(); k++) {
                int place = v.newInt(k * layout.apart() + r * layout.width());
                emitter.define(given.get(k), v.load(numbers, place, at));
            }
            emitter.emit(
                    pairs,
                    l -> {
                        throw new IllegalStateException(l.text());
                    });
        }
    }
}
