package org.kernfield.cpu.internal;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/** Writes counted loops over int locals. */
final class Loop {
    private Loop() {}

    /** {@code for (; index < end; index += LANES)}. */
    static void whole(VectorCode v, int index, int end, Runnable body) {
        loop(v.code, index, end, body, () -> v.advance(index));
    }

    /** {@code for (; index < end; index++)}. */
    static void each(VectorCode v, int index, int end, Runnable body) {
        loop(v.code, index, end, body, () -> v.code.iinc(index, 1));
    }

    /** {@code for (; index + LANES <= end; index += LANES)}. */
    static void fullVectors(VectorCode v, int index, int end, Runnable body) {
        CodeBuilder code = v.code;
        Label test = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(test);
        code.iload(index).loadConstant(VectorWidth.LANES).iadd().iload(end).if_icmpgt(done);
        body.run();
        v.advance(index);
        code.goto_(test);
        code.labelBinding(done);
    }

    /** {@code if (index < end)}. */
    static void ifBelow(VectorCode v, int index, int end, Runnable body) {
        CodeBuilder code = v.code;
        Label done = code.newLabel();
        code.iload(index).iload(end).if_icmpge(done);
        body.run();
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
