package org.kernfield.cpu.internal.schedule;

import org.kernfield.cpu.internal.code.CompiledDense;
import org.kernfield.cpu.internal.code.Fold;
import org.kernfield.cpu.internal.code.StripCode;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;

import java.util.List;

/** A strip of targets with its place in the nearest cache. */
final class StripWork {
    private final DenseCall call;
    private final CompiledDense dense;
    private final int width;
    private final int count;
    private final Object targets;
    private final Object pairs;
    private final int apart;
    private final List<Contracting.Strip> contractions;
    private final int terms;

    /** Lanes of the sums of each row of a block, where rows have sums too. */
    private final Object lanes;

    /** The sums of some rows. */
    private final Object sums;

    StripWork(DenseCall call, int from, int to) {
        this.call = call;
        dense = call.dense;
        width = dense.layout.width();
        var precision = dense.precision();
        count = Math.ceilDiv(to - from, lanes()) * lanes();
        terms = dense.plan.terms.size();
        int values = dense.plan.targets.size();
        int payloads = call.payloads();
        targets = Numbers.array(precision, (values + payloads) * width + VectorWidth.LANES);
        var planes = new Planes(values);
        for (int k = 0; k < values; k++) {
            planes.set(k, targets, k * width - from);
        }
        call.fill(dense.plan.targets, dense.prepareTargets, planes, from, to);
        for (int k = 0; k < payloads; k++) {
            call.payload(k, targets, (values + k) * width, from, to);
        }
        boolean isBothWays = dense.plan.bothWays.isPresent();
        lanes = isBothWays ? Numbers.array(precision, dense.layout.rows() * terms * lanes()) : null;
        apart = dense.layout.apart();
        int given = dense.stage.isPresent() ? 1 : dense.contractions.size();
        pairs = Numbers.array(precision, given * apart);
        contractions = call.contracting.stream().map(c -> c.new Strip(from, to)).toList();
        sums = Numbers.array(precision, terms * width);
    }

    private int lanes() {
        return VectorWidth.lanes(dense.precision());
    }

    /** Adds the terms of rows {@code first} to {@code last} − 1, a block at most, to totals. */
    void add(int first, int last, Object totals, Object lost, int at) {
        for (int row = first; row < last; row += dense.layout.rows()) {
            int end = Math.min(last, row + dense.layout.rows());
            begin(row, end);
            run(call.variant(), row, end);
        }
        dense.totals.run(sums, totals, lost, at, terms * width);
    }

    /**
     * The same, and adds the terms of the targets to sums of the rows.
     *
     * @param back the sums of rows, a plane a term, a strip's width apart
     * @param begin row of its first element
     */
    void addBothWays(
            CompiledDense.Variant both,
            int first,
            int last,
            Object totals,
            Object lost,
            int at,
            Object back,
            int begin) {
        for (int row = first; row < last; row += dense.layout.rows()) {
            int end = Math.min(last, row + dense.layout.rows());
            begin(row, end);
            run(both, row, end);
            for (int k = 0; k < (end - row) * terms; k++) {
                int place = k % terms * width + row - begin + k / terms;
                Fold.add(lanes, k * lanes(), lanes(), back, place);
            }
        }
        dense.totals.run(sums, totals, lost, at, terms * width);
    }

    /** What the loop over the pairs finds computed. */
    private void begin(int row, int end) {
        call.execution.resources().cancel().check();
        for (int k = 0; k < contractions.size(); k++) {
            contractions.get(k).compute(row, end, pairs, k * apart);
        }
        if (dense.stage.isPresent()) {
            run(dense.stage.get(), row, end);
        }
    }

    /** Rows together, and one by one those that are left. */
    private void run(CompiledDense.Variant variant, int first, int last) {
        int whole = first + (last - first) / variant.together() * variant.together();
        if (whole > first) {
            run(variant.code(), first, whole, 0);
        }
        if (whole < last) {
            run(variant.single().get().code(), whole, last, (whole - first) * width);
        }
    }

    private void run(StripCode code, int first, int last, int at) {
        code.run(targets, call.passing, call.uniforms, pairs, at, sums, count, first, last, lanes);
    }
}
