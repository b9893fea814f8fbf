package org.kernfield.cpu.internal.code;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.IntConsumer;

/** Writes counted loops over int locals. */
final class Loop {
    static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    private static final ClassDesc LONG = ClassDesc.of("java.lang.Long");

    private Loop() {}

    /** {@code for (; index < end; index += LANES)}. */
    static void whole(LaneCode v, int index, int end, Runnable body) {
        loop(v.code, index, end, body, () -> v.advance(index));
    }

    /** {@code for (; index < end; index++)}. */
    static void each(LaneCode v, int index, int end, Runnable body) {
        loop(v.code, index, end, body, () -> v.code.iinc(index, 1));
    }

    /** {@code for (; index < end; index += step)}. */
    static void steps(LaneCode v, int index, int end, int step, Runnable body) {
        loop(v.code, index, end, body, () -> v.code.iinc(index, step));
    }

    /** Numbers of the bits that are set in the long on the stack, ascending. */
    static void bits(LaneCode v, IntConsumer body) {
        CodeBuilder code = v.code;
        int left = code.allocateLocal(TypeKind.LONG);
        code.lstore(left);
        Label test = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(test);
        code.lload(left).lconst_0().lcmp().ifeq(done);
        code.lload(left);
        code.invokestatic(LONG, "numberOfTrailingZeros", MethodTypeDesc.ofDescriptor("(J)I"));
        int bit = v.storeInt();
        code.lload(left).dup2().lconst_1().lsub().land().lstore(left);
        body.accept(bit);
        code.goto_(test);
        code.labelBinding(done);
    }

    /** {@code while (index < end) { int stop = min(index + block, end); body; }}. */
    static void blocks(LaneCode v, int index, int end, int block, IntConsumer body) {
        CodeBuilder code = v.code;
        Label test = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(test);
        code.iload(index).iload(end).if_icmpge(done);
        code.iload(index).loadConstant(block).iadd().iload(end);
        code.invokestatic(MATH, "min", MethodTypeDesc.ofDescriptor("(II)I"));
        body.accept(v.storeInt());
        code.goto_(test);
        code.labelBinding(done);
    }

    private static void loop(
            CodeBuilder code, int index, int end, Runnable body, Runnable advance) {
        Label test = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(test);
        code.iload(index).iload(end).if_icmpge(done);
        body.run();
        advance.run();
        code.goto_(test);
        code.labelBinding(done);
    }
}
