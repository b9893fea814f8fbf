package org.kernfield.cpu.internal.code;

import org.kernfield.kernel.Contraction;
import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;

/**
 * Compiles {@link ContractionCode} as a matrix product: {@value #ROWS} rows and a tile's vectors of
 * targets meet in registers, component by component. Squared distances are summed from differences:
 * where multiplications and additions have ports of their own that costs no more than expanding the
 * square, and nothing cancels.
 */
final class ContractionCompiler {
    /** Rows that are taken together. */
    static final int ROWS = 4;

    private final CodeBuilder b;
    private final LaneCode v;
    private final Contraction kind;
    private final int vectors;

    private ContractionCompiler(Contraction kind, int vectors, Precision precision, CodeBuilder b) {
        this.b = b;
        this.v = LaneCode.of(b, precision);
        this.kind = kind;
        this.vectors = vectors;
    }

    static ContractionCode compile(Contraction kind, int vectors, Precision precision) {
        return HiddenClass.implement(
                ContractionCode.class,
                kind.symbol(),
                b -> new ContractionCompiler(kind, vectors, precision, b).method());
    }

    private void method() {
        int targets = v.array(b.parameterSlot(0));
        int rows = v.array(b.parameterSlot(2));
        int out = v.array(b.parameterSlot(5));
        int row = b.parameterSlot(3);
        int at = b.parameterSlot(6);
        int tile = vectors * v.lanes();
        int zero = v.newInt(0);
        int group = v.newInt(0);
        Loop.each(
                v,
                group,
                quarters(),
                () -> {
                    var sums = new int[ROWS][vectors];
                    var places = new int[ROWS][vectors];
                    for (int r = 0; r < ROWS; r++) {
                        for (int t = 0; t < vectors; t++) {
                            b.iload(at).loadConstant(r * tile + t * v.lanes()).iadd();
                            places[r][t] = v.storeInt();
                            sums[r][t] = v.variable(v.load(out, places[r][t], zero));
                        }
                    }
                    components(targets, rows, row, sums, tile);
                    for (int r = 0; r < ROWS; r++) {
                        for (int t = 0; t < vectors; t++) {
                            v.store(sums[r][t], out, places[r][t], zero);
                        }
                    }
                    b.iload(at).loadConstant(ROWS * tile).iadd().istore(at);
                    b.iload(row).iload(b.parameterSlot(4)).loadConstant(ROWS).imul();
                    b.iadd().istore(row);
                });
        b.return_();
    }

    /** An int local with the number of groups of rows. */
    private int quarters() {
        b.iload(b.parameterSlot(9)).loadConstant(ROWS).idiv();
        return v.storeInt();
    }

    private void components(int targets, int rows, int row, int[][] sums, int tile) {
        b.iload(b.parameterSlot(7));
        int c = v.storeInt();
        b.iload(b.parameterSlot(1)).iload(c).loadConstant(tile).imul().iadd();
        int x = v.storeInt();
        b.iload(row).iload(c).loadConstant(ROWS).imul().iadd();
        int y = v.storeInt();
        var place = new int[ROWS];
        for (int k = 0; k < ROWS; k++) {
            place[k] = v.newInt(k);
        }
        Loop.each(
                v,
                c,
                b.parameterSlot(8),
                () -> {
                    var here = new int[vectors];
                    for (int t = 0; t < vectors; t++) {
                        here[t] = v.load(targets, x, v.newInt(t * v.lanes()));
                    }
                    for (int r = 0; r < ROWS; r++) {
                        int p = v.broadcast(rows, y, place[r]);
                        for (int t = 0; t < vectors; t++) {
                            v.assign(sums[r][t], added(here[t], p, sums[r][t]));
                        }
                    }
                    b.iinc(x, tile);
                    b.iinc(y, ROWS);
                });
    }

    private int added(int x, int p, int sum) {
        return switch (kind) {
            case DOT -> v.fma(x, p, sum);
            case SQDIST -> {
                int d = v.subtract(x, p);
                yield v.fma(d, d, sum);
            }
        };
    }
}
