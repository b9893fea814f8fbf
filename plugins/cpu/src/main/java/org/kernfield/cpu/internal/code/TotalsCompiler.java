package org.kernfield.cpu.internal.code;

import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;

/** Compiles {@link TotalsCode}: Kahan's sum, with 0 for a loss that is no number. */
final class TotalsCompiler {
    private TotalsCompiler() {}

    static TotalsCode compile(Precision precision) {
        return HiddenClass.implement(
                TotalsCode.class, "totals", b -> method(LaneCode.of(b, precision), b));
    }

    private static void method(LaneCode v, CodeBuilder b) {
        int sums = v.array(b.parameterSlot(0));
        int totals = v.array(b.parameterSlot(1));
        int lost = v.array(b.parameterSlot(2));
        int at = b.parameterSlot(3);
        int zero = v.newInt(0);
        int none = v.constant(0);
        int i = v.newInt(0);
        Loop.whole(
                v,
                i,
                b.parameterSlot(4),
                () -> {
                    int y = v.subtract(v.load(sums, zero, i), v.load(lost, at, i));
                    int total = v.load(totals, at, i);
                    int next = v.add(total, y);
                    int loss = v.subtract(v.subtract(next, total), y);
                    v.store(next, totals, at, i);
                    v.store(v.select(v.atMost(loss, loss), loss, none), lost, at, i);
                    v.store(none, sums, zero, i);
                });
        b.return_();
    }
}
