package org.kernfield.cpu.internal.code;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.IntConsumer;

/** Writes counted loops over int locals. */
final class Loop {
    private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");

    private Loop() {}

    /** {@code for (; index < end; index += LANES)}. */
    static void whole(LaneCode v, int index, int end, Runnable body) {
        loop(v.code, index, end, body, () -> v.advance(index));
    }

    /** {@code for (; index < end; index++)}. */
    static void each(LaneCode v, int index, int end, Runnable body) {
        loop(v.code, index, end, body, () -> v.code.iinc(index, 1));
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
