package org.kernfield.cpu.internal.code;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes the method of {@link BoxCode}: loops over sources, some rows of a box at a time, and over
 * bands of columns. A band is a method of its own, which {@link BoxCompiler} writes: between the
 * loops around it the just-in-time compiler runs out of registers for places, and vectors that more
 * than one loop carries it keeps as objects.
 */
final class BoxFrame {
    private static final MethodTypeDesc INT_INT_INT = MethodTypeDesc.ofDescriptor("(II)I");

    private final LaneCode v;
    private final CodeBuilder b;
    private final ClassDesc self;
    private final boolean gathers;
    private final int terms;

    /**
     * @param self the class that is written
     * @param gathers whether queries are added to
     * @param terms of a source, where those are
     */
    BoxFrame(LaneCode v, ClassDesc self, boolean gathers, int terms) {
        this.v = v;
        this.b = v.code;
        this.self = self;
        this.gathers = gathers;
        this.terms = terms;
    }

    /**
     * Type of the method of a band: planes of inputs and where they begin; planes of source values;
     * uniforms; what is added to, and where; queries in a row; source; first column, end column,
     * first row, end row; room for values of rows.
     */
    static MethodTypeDesc band(boolean gathers) {
        ClassDesc i = ConstantDescs.CD_int;
        ClassDesc object = ConstantDescs.CD_Object;
        return MethodTypeDesc.of(
                ConstantDescs.CD_void,
                LaneCode.OBJECTS,
                LaneCode.INTS,
                LaneCode.OBJECTS,
                object,
                gathers ? LaneCode.OBJECTS : object,
                gathers ? LaneCode.INTS : i,
                i,
                i,
                i,
                i,
                i,
                i,
                object);
    }

    /** A box as int locals: the source, end column, first and end row. */
    private record Box(int j, int end, int y, int endRow) {}

    /**
     * The whole method.
     *
     * @param columns vectors of columns of a band at most; 0 if bands are as wide as boxes
     * @param isMasked whether the last band may reach beyond the box
     */
    void method(int columns, boolean isMasked) {
        b.iload(b.parameterSlot(7));
        int j = v.storeInt();
        Loop.each(
                v,
                j,
                b.parameterSlot(8),
                () -> {
                    int end = corner(j, 1);
                    int y = corner(j, 2);
                    b.iload(y).iload(b.parameterSlot(10));
                    b.invokestatic(Loop.MATH, "max", INT_INT_INT).istore(y);
                    int last = corner(j, 3);
                    b.iload(last).iload(b.parameterSlot(11));
                    b.invokestatic(Loop.MATH, "min", INT_INT_INT).istore(last);
                    Loop.blocks(
                            v,
                            y,
                            last,
                            BoxCompiler.batch(v),
                            stop -> {
                                bands(new Box(j, end, y, stop), columns, isMasked);
                                b.iload(stop).istore(y);
                            });
                });
        b.return_();
    }

    private int corner(int j, int k) {
        b.aload(b.parameterSlot(9)).iload(j).loadConstant(4).imul().loadConstant(k).iadd();
        b.iaload();
        return v.storeInt();
    }

    private void bands(Box box, int columns, boolean isMasked) {
        int x = corner(box.j, 0);
        if (columns == 0) {
            Label empty = b.newLabel();
            b.iload(x).iload(box.end).if_icmpge(empty);
            call(box, x);
            b.labelBinding(empty);
        }
        for (int vectors = columns; vectors > 0; vectors--) {
            int width = vectors * v.lanes();
            b.iload(box.end).loadConstant(isMasked ? 0 : width - 1).isub();
            int last = v.storeInt();
            Loop.steps(v, x, last, width, () -> call(box, x));
        }
    }

    private void call(Box box, int x) {
        b.aload(b.parameterSlot(0)).aload(b.parameterSlot(1)).aload(b.parameterSlot(2));
        b.aload(b.parameterSlot(3));
        if (gathers) {
            b.aload(b.parameterSlot(4)).aload(b.parameterSlot(5));
        } else {
            b.aload(b.parameterSlot(12));
            b.iload(box.j).iload(b.parameterSlot(7)).isub();
            b.loadConstant(terms * v.lanes()).imul();
        }
        b.iload(b.parameterSlot(6)).iload(box.j).iload(x).iload(box.end);
        b.iload(box.y).iload(box.endRow).aload(b.parameterSlot(13));
        b.invokestatic(self, "run", band(gathers));
    }
}
