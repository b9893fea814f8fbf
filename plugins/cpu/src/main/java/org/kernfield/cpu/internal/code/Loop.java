package org.kernfield.cpu.internal.code;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/** Writes counted loops over int locals. */
final class Loop {
    private Loop() {}

    /** {@code for (; index < end; index += LANES)}. */
    static void whole(LaneCode v, int index, int end, Runnable body) {
        loop(v.code, index, end, body, () -> v.advance(index));
    }

    /** {@code for (; index < end; index++)}. */
    static void each(LaneCode v, int index, int end, Runnable body) {
        loop(v.code, index, end, body, () -> v.code.iinc(index, 1));
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
