package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.BothWays;
import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Precision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Compiles a {@link DensePlan} into {@link StripCode}. */
final class StripCompiler {
    /** Vector operations of a pair up to which two rows are taken together. */
    private static final int SHORT = 80;

    private final String name;
    private final DensePlan plan;
    private final StripLayout layout;
    private final UniformLayout uniforms;
    private final Precision precision;

    StripCompiler(String name, DensePlan plan, UniformLayout uniforms, Precision precision) {
        this.name = name;
        this.plan = plan;
        this.layout = StripLayout.of(plan, precision);
        this.uniforms = uniforms;
        this.precision = precision;
    }

    /** Whether the pairs of a plan run in two loops: with many registers one is as fast. */
    static boolean isStaged(DensePlan plan) {
        return VectorWidth.REGISTERS <= 16 && plan.stages.isPresent();
    }

    /** Values of pairs that the code finds computed. */
    static List<Integer> given(DensePlan plan) {
        return isStaged(plan) ? List.of(plan.stages.orElseThrow().argument()) : plan.contractions();
    }

    /** Rows that are taken together where there are as many. */
    static int together(DensePlan plan) {
        return plan.cost() <= SHORT ? 2 : 1;
    }

    /** The first of two loops: leaves the argument of each pair in memory. */
    StripCode stage(int together) {
        var stages = plan.stages.orElseThrow();
        int argument = stages.argument();
        return HiddenClass.implement(
                StripCode.class,
                "argument_" + name,
                b -> {
                    var v = LaneCode.of(b, precision);
                    var results = List.of(argument);
                    var loop =
                            new StripLoop(
                                    v,
                                    plan,
                                    layout,
                                    stages.first(),
                                    List.of(),
                                    results,
                                    together,
                                    List.of());
                    int out = v.array(b.parameterSlot(3));
                    loop.method(
                            uniforms,
                            () -> {},
                            (at, i) -> {
                                for (int r = 0; r < together; r++) {
                                    int value = loop.emitters.get(r).value(argument);
                                    v.store(value, out, loop.plane(r), at);
                                }
                            },
                            () -> {});
                    b.return_();
                });
    }

    /**
     * The loop that sums.
     *
     * @param tame exponentials whose argument is known to lie in [−87, 1]
     */
    StripCode sum(int together, Collection<Integer> tame) {
        return HiddenClass.implement(
                StripCode.class,
                "sum_" + name,
                b -> {
                    var v = LaneCode.of(b, precision);
                    var loop = loop(v, together, tame, List.of());
                    int sums = v.array(b.parameterSlot(5));
                    loop.method(uniforms, () -> {}, (at, i) -> add(v, loop, sums, i), () -> {});
                    b.return_();
                });
    }

    /**
     * The loop that sums for both rows of a pair: lanes of the sums of passing rows stay in
     * registers while the targets go by. The targets' payloads are planes behind their values.
     *
     * @param tame exponentials whose argument is known to lie in [−87, 1]
     */
    StripCode both(int together, Collection<Integer> tame) {
        return HiddenClass.implement(
                StripCode.class,
                "both_" + name,
                b -> {
                    var v = LaneCode.of(b, precision);
                    var loop = loop(v, together, tame, plan.bothWays.orElseThrow().values());
                    int own = v.array(b.parameterSlot(0));
                    int sums = v.array(b.parameterSlot(5));
                    int back = v.array(b.parameterSlot(9));
                    int row = plan.terms.size() * v.lanes();
                    b.iload(b.parameterSlot(4)).loadConstant(layout.width()).idiv();
                    b.loadConstant(row).imul();
                    int place = v.storeInt();
                    var lanes = new int[together * plan.terms.size()];
                    loop.method(
                            uniforms,
                            () -> Arrays.setAll(lanes, k -> v.variable(v.constant(0))),
                            (at, i) -> {
                                addBack(v, loop, own, lanes, i);
                                add(v, loop, sums, i);
                            },
                            () -> {
                                for (int lane : lanes) {
                                    v.store(lane, back, v.newInt(0), place);
                                    v.advance(place);
                                }
                            });
                    b.return_();
                });
    }

    private void addBack(LaneCode v, StripLoop loop, int own, int[] lanes, int i) {
        BothWays terms = plan.bothWays.orElseThrow();
        int lane = 0;
        for (Emitter emitter : loop.emitters) {
            for (int k = 0; k < plan.terms.size(); k++) {
                int value = emitter.value(terms.values().get(k));
                int payload = terms.payloads().get(k);
                int sum = lanes[lane];
                if (payload == BothWays.NONE) {
                    v.assign(sum, v.add(value, sum));
                } else {
                    int plane = loop.plane(plan.targets.size() + payload);
                    v.assign(sum, v.fma(value, v.load(own, plane, i), sum));
                }
                lane++;
            }
        }
    }

    private StripLoop loop(
            LaneCode v, int together, Collection<Integer> tame, List<Integer> values) {
        var needed = isStaged(plan) ? plan.stages.orElseThrow().second() : plan.needed;
        var results = new ArrayList<>(plan.terms);
        results.addAll(values);
        return new StripLoop(v, plan, layout, needed, given(plan), results, together, tame);
    }

    /** Sums lie in memory: carried by the loop they would cost more than loads and stores. */
    private void add(LaneCode v, StripLoop loop, int sums, int i) {
        for (int k = 0; k < plan.terms.size(); k++) {
            int plane = loop.plane(k);
            int sum = v.load(sums, plane, i);
            for (Emitter emitter : loop.emitters) {
                sum = emitter.accumulate(plan.terms.get(k), sum);
            }
            v.store(sum, sums, plane, i);
        }
    }
}
