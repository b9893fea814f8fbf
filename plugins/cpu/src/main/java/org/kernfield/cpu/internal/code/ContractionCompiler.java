package org.kernfield.cpu.internal.code;

import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.Optional;

/**
 * Compiles {@link ContractionCode} as a matrix product: {@value #ROWS} rows and a tile's vectors of
 * targets meet in registers, component by component. That innermost loop is a method of its own:
 * inside the loops around it the compiler runs out of registers for places.
 */
final class ContractionCompiler {
    /** Rows of a group. */
    static final int ROWS = 4;

    /** Vectors of targets of a tile: sums take half of the registers. */
    static final int VECTORS = VectorWidth.REGISTERS / ROWS / 2;

    private final CodeBuilder b;
    private final LaneCode v;
    private final ContractionForm form;
    private final boolean isFirst;
    private final boolean isLast;
    private final int tile;

    private ContractionCompiler(
            ContractionForm form,
            boolean isFirst,
            boolean isLast,
            Precision precision,
            CodeBuilder b) {
        this.b = b;
        this.v = LaneCode.of(b, precision);
        this.form = form;
        this.isFirst = isFirst;
        this.isLast = isLast;
        this.tile = VECTORS * v.lanes();
    }

    /**
     * @param isFirst whether the components begin with the first, so that {@code out} is written
     *     over; otherwise it is added to
     * @param isLast whether they end with the last
     */
    static ContractionCode compile(
            ContractionForm form, boolean isFirst, boolean isLast, Precision precision) {
        String name = "contract_" + form;
        var numbers = Element.of(precision).array;
        var ints = ConstantDescs.CD_int;
        var type =
                MethodTypeDesc.of(
                        ConstantDescs.CD_void,
                        numbers,
                        ints,
                        numbers,
                        ints,
                        ints,
                        numbers,
                        ints,
                        ints,
                        ConstantDescs.CD_Object,
                        ints,
                        ConstantDescs.CD_Object,
                        ints,
                        ConstantDescs.CD_Object,
                        ints);
        return HiddenClass.implement(
                ContractionCode.class,
                name,
                b ->
                        new ContractionCompiler(form, isFirst, isLast, precision, b)
                                .loops(HiddenClass.self(name), type),
                Optional.of(
                        new HiddenClass.Part(
                                type,
                                b ->
                                        new ContractionCompiler(form, isFirst, isLast, precision, b)
                                                .group())));
    }

    /** All groups of rows with all tiles. */
    private void loops(ClassDesc self, MethodTypeDesc type) {
        int targets = v.array(b.parameterSlot(0));
        int rows = v.array(b.parameterSlot(2));
        int out = v.array(b.parameterSlot(8));
        int depth = b.parameterSlot(5);
        int from = b.parameterSlot(6);
        b.iload(from).loadConstant(tile).imul();
        int x = v.storeInt();
        int t = v.newInt(0);
        int i = v.newInt(0);
        Runnable eachTile =
                () -> {
                    b.iload(b.parameterSlot(3)).iload(from).loadConstant(ROWS).imul().iadd();
                    int y = v.storeInt();
                    b.iload(b.parameterSlot(9)).iload(i).iadd();
                    int place = v.storeInt();
                    int g = v.newInt(0);
                    b.iload(b.parameterSlot(13));
                    int j = v.storeInt();
                    Loop.each(
                            v,
                            g,
                            b.parameterSlot(4),
                            () -> {
                                b.aload(targets).iload(x).aload(rows).iload(y);
                                b.iload(b.parameterSlot(7)).iload(from).isub();
                                b.aload(out).iload(place).iload(b.parameterSlot(10));
                                b.aload(b.parameterSlot(11)).iload(i);
                                b.aload(b.parameterSlot(12)).iload(j);
                                b.aload(b.parameterSlot(14)).iload(from);
                                b.invokestatic(self, "run", type);
                                b.iload(y).iload(depth).loadConstant(ROWS).imul().iadd();
                                b.istore(y);
                                b.iload(place).iload(b.parameterSlot(10)).loadConstant(ROWS);
                                b.imul().iadd().istore(place);
                                b.iinc(j, ROWS);
                            });
                    b.iload(x).iload(depth).loadConstant(tile).imul().iadd().istore(x);
                    v.advance(i, tile);
                };
        Loop.each(v, t, b.parameterSlot(1), eachTile);
        b.return_();
    }

    /** One group with one tile. */
    private void group() {
        int targets = b.parameterSlot(0);
        int x = b.parameterSlot(1);
        int rows = b.parameterSlot(2);
        int y = b.parameterSlot(3);
        int out = b.parameterSlot(5);
        var sums = new int[ROWS][VECTORS];
        for (int[] row : sums) {
            Arrays.setAll(row, t -> v.variable(v.constant(0)));
        }
        boolean scales = form == ContractionForm.SCALED_DIFFERENCES;
        int scale = scales ? v.array(b.parameterSlot(12)) : -1;
        int c = v.newInt(0);
        Loop.each(v, c, b.parameterSlot(4), () -> component(targets, rows, scale, sums, x, y));
        boolean expands = isLast && form == ContractionForm.EXPANDED;
        int targetSquares = expands ? v.array(b.parameterSlot(8)) : -1;
        int rowSquares = expands ? v.array(b.parameterSlot(10)) : -1;
        eachResult(
                (r, t, place) -> {
                    int vector = v.newInt(t * v.lanes());
                    int sum = sums[r][t];
                    if (!isFirst) {
                        sum = v.add(v.load(out, place, vector), sum);
                    }
                    if (expands) {
                        int own = v.load(targetSquares, b.parameterSlot(9), vector);
                        int other = v.broadcast(rowSquares, b.parameterSlot(11), v.newInt(r));
                        sum = v.atLeastZero(v.fma(v.constant(-2), sum, v.add(own, other)));
                    }
                    v.store(sum, out, place, vector);
                });
        b.return_();
    }

    /** A vector of results. */
    private interface Each {
        /**
         * @param place the int local with the place of the row's results
         */
        void result(int row, int vector, int place);
    }

    private void eachResult(Each each) {
        for (int r = 0; r < ROWS; r++) {
            b.iload(b.parameterSlot(6)).iload(b.parameterSlot(7)).loadConstant(r).imul().iadd();
            int place = v.storeInt();
            for (int t = 0; t < VECTORS; t++) {
                each.result(r, t, place);
            }
        }
    }

    private void component(int targets, int rows, int scales, int[][] sums, int x, int y) {
        int scale = scales < 0 ? -1 : v.broadcast(scales, b.parameterSlot(13), v.newInt(0));
        var here = new int[VECTORS];
        for (int t = 0; t < VECTORS; t++) {
            here[t] = v.load(targets, x, v.newInt(t * v.lanes()));
        }
        for (int r = 0; r < ROWS; r++) {
            int p = v.broadcast(rows, y, v.newInt(r));
            for (int t = 0; t < VECTORS; t++) {
                v.assign(sums[r][t], added(here[t], p, scale, sums[r][t]));
            }
        }
        b.iinc(x, tile);
        b.iinc(y, ROWS);
        b.iinc(b.parameterSlot(13), 1);
    }

    private int added(int x, int p, int scale, int sum) {
        if (form == ContractionForm.PRODUCT || form == ContractionForm.EXPANDED) {
            return v.fma(x, p, sum);
        }
        int difference = v.subtract(x, p);
        int d = scale < 0 ? difference : v.multiply(difference, scale);
        return v.fma(d, d, sum);
    }
}
