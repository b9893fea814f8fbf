package org.kernfield.cpu.internal.code;

import org.kernfield.kernel.Op;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Lanes one by one in plain Java, for processes without the Vector API: as many as the narrowest
 * vectors have, so that all schedules are what they are with those.
 */
final class ScalarCode extends LaneCode {
    private static final ClassDesc SELF = ScalarCode.class.describeConstable().orElseThrow();
    private static final ClassDesc OP = Op.class.describeConstable().orElseThrow();
    private static final ClassDesc D = ConstantDescs.CD_double;

    private final ClassDesc box;

    /** The locals of a value's lanes, by the first of them. */
    private final Map<Integer, int[]> lanes = new HashMap<>();

    /** Numbers, or {@link TypeKind#INT} for masks, by the first local. */
    private final Map<Integer, TypeKind> kinds = new HashMap<>();

    ScalarCode(CodeBuilder code, Element element) {
        super(code, element);
        box = ClassDesc.of(element == Element.F32 ? "java.lang.Float" : "java.lang.Double");
    }

    @Override
    int lanes() {
        return element == Element.F32 ? VectorWidth.LANES : VectorWidth.LANES / 2;
    }

    /**
     * @param push pushes lane k
     */
    private int value(TypeKind kind, IntConsumer push) {
        var locals = new int[lanes()];
        for (int k = 0; k < locals.length; k++) {
            push.accept(k);
            locals[k] = code.allocateLocal(kind);
            code.storeLocal(kind, locals[k]);
        }
        lanes.put(locals[0], locals);
        kinds.put(locals[0], kind);
        return locals[0];
    }

    private int number(IntConsumer push) {
        return value(element.kind, push);
    }

    private int mask(IntConsumer push) {
        return value(TypeKind.INT, push);
    }

    private void push(int value, int lane) {
        code.loadLocal(kinds.get(value), lanes.get(value)[lane]);
    }

    /** A number from a static method of {@link Math} of the element. */
    private int math(String name, int... operands) {
        var type = MethodTypeDesc.of(element.type, times(operands.length, element.type));
        return number(
                k -> {
                    Arrays.stream(operands).forEach(o -> push(o, k));
                    code.invokestatic(Loop.MATH, name, type);
                });
    }

    @Override
    int constant(double value) {
        return number(k -> push(value));
    }

    @Override
    int broadcast(int array, int offset, int index) {
        return number(k -> pushElement(array, offset, index));
    }

    @Override
    int broadcastInt(int index) {
        return number(k -> code.iload(index).conversion(TypeKind.INT, element.kind));
    }

    @Override
    int iota() {
        return number(k -> push((double) k));
    }

    private void place(int array, int offset, int index, int lane) {
        code.aload(array).iload(offset).iload(index).iadd().loadConstant(lane).iadd();
    }

    @Override
    int load(int array, int offset, int index) {
        return number(
                k -> {
                    place(array, offset, index, k);
                    code.arrayLoad(element.kind);
                });
    }

    @Override
    void store(int value, int array, int offset, int index) {
        for (int k = 0; k < lanes(); k++) {
            storeLane(value, array, offset, index, k);
        }
    }

    private void storeLane(int value, int array, int offset, int index, int lane) {
        place(array, offset, index, lane);
        push(value, lane);
        code.arrayStore(element.kind);
    }

    @Override
    void store(int value, int array, int offset, int index, int mask) {
        for (int k = 0; k < lanes(); k++) {
            Label end = code.newLabel();
            push(mask, k);
            code.ifeq(end);
            storeLane(value, array, offset, index, k);
            code.labelBinding(end);
        }
    }

    private int binary(int a, int b, Runnable single, Runnable dual) {
        return number(
                k -> {
                    push(a, k);
                    push(b, k);
                    (element == Element.F32 ? single : dual).run();
                });
    }

    @Override
    int add(int a, int b) {
        return binary(a, b, code::fadd, code::dadd);
    }

    @Override
    int subtract(int a, int b) {
        return binary(a, b, code::fsub, code::dsub);
    }

    @Override
    int multiply(int a, int b) {
        return binary(a, b, code::fmul, code::dmul);
    }

    @Override
    int divide(int a, int b) {
        return binary(a, b, code::fdiv, code::ddiv);
    }

    @Override
    int fma(int a, int b, int c) {
        return math("fma", a, b, c);
    }

    @Override
    int negate(int a) {
        return number(
                k -> {
                    push(a, k);
                    if (element == Element.F32) {
                        code.fneg();
                    } else {
                        code.dneg();
                    }
                });
    }

    @Override
    int abs(int a) {
        return math("abs", a);
    }

    @Override
    int sqrt(int a) {
        return number(
                k -> {
                    push(a, k);
                    code.conversion(element.kind, TypeKind.DOUBLE);
                    code.invokestatic(Loop.MATH, "sqrt", MethodTypeDesc.of(D, D));
                    code.conversion(TypeKind.DOUBLE, element.kind);
                });
    }

    @Override
    int min(int a, int b) {
        return math("min", a, b);
    }

    @Override
    int max(int a, int b) {
        return math("max", a, b);
    }

    /** Not where one of them is NaN. */
    @Override
    int less(int a, int b) {
        return compare(a, b, code::iflt);
    }

    @Override
    int atMost(int a, int b) {
        return compare(a, b, code::ifle);
    }

    /**
     * @param jump when the comparison, −1, 0 or 1, says so
     */
    private int compare(int a, int b, Consumer<Label> jump) {
        return mask(
                k -> {
                    push(a, k);
                    push(b, k);
                    if (element == Element.F32) {
                        code.fcmpg();
                    } else {
                        code.dcmpg();
                    }
                    either(jump, () -> code.iconst_1(), () -> code.iconst_0());
                });
    }

    private void either(Consumer<Label> jump, Runnable then, Runnable otherwise) {
        Label yes = code.newLabel();
        Label end = code.newLabel();
        jump.accept(yes);
        otherwise.run();
        code.goto_(end);
        code.labelBinding(yes);
        then.run();
        code.labelBinding(end);
    }

    @Override
    int or(int a, int b) {
        return mask(
                k -> {
                    push(a, k);
                    push(b, k);
                    code.ior();
                });
    }

    @Override
    int select(int mask, int then, int otherwise) {
        return value(
                kinds.get(then),
                k -> {
                    push(mask, k);
                    either(code::ifne, () -> push(then, k), () -> push(otherwise, k));
                });
    }

    @Override
    void unlessAll(int mask, Runnable body) {
        Label end = code.newLabel();
        push(mask, 0);
        for (int k = 1; k < lanes(); k++) {
            push(mask, k);
            code.iand();
        }
        code.ifne(end);
        body.run();
        code.labelBinding(end);
    }

    @Override
    int random(int seed, int step, int stream, int index) {
        return number(
                k -> {
                    for (int operand : new int[] {seed, step, stream, index}) {
                        push(operand, k);
                        code.conversion(element.kind, TypeKind.DOUBLE);
                    }
                    code.invokestatic(SELF, "uniform", MethodTypeDesc.of(D, times(4, D)));
                    code.conversion(TypeKind.DOUBLE, element.kind);
                });
    }

    /** {@link Op#RANDOM}; called by generated code. */
    static double uniform(double seed, double step, double stream, double index) {
        return Op.RANDOM.apply(seed, step, stream, index);
    }

    @Override
    int bessel(Op op, int order, int x) {
        return number(
                k -> {
                    code.getstatic(OP, op.name(), OP);
                    push(order, k);
                    code.conversion(element.kind, TypeKind.DOUBLE);
                    push(x, k);
                    code.conversion(element.kind, TypeKind.DOUBLE);
                    code.dconst_0();
                    code.invokevirtual(OP, "apply", MethodTypeDesc.of(D, times(3, D)));
                    code.conversion(TypeKind.DOUBLE, element.kind);
                });
    }

    private void pushBits(int value, int lane) {
        push(value, lane);
        String name = element == Element.F32 ? "floatToRawIntBits" : "doubleToRawLongBits";
        code.invokestatic(box, name, MethodTypeDesc.of(element.bitsType, element.type));
    }

    private int ofBits(IntConsumer push) {
        String name = element == Element.F32 ? "intBitsToFloat" : "longBitsToDouble";
        var type = MethodTypeDesc.of(element.type, element.bitsType);
        return number(
                k -> {
                    push.accept(k);
                    code.invokestatic(box, name, type);
                });
    }

    private void constantBits(long bits) {
        if (element == Element.F32) {
            code.loadConstant((int) bits);
        } else {
            code.loadConstant(bits);
        }
    }

    private void bitwise(Runnable single, Runnable dual) {
        (element == Element.F32 ? single : dual).run();
    }

    @Override
    int addShiftedBits(int value, int low, int shift) {
        return ofBits(
                k -> {
                    pushBits(value, k);
                    pushBits(low, k);
                    code.loadConstant(shift);
                    bitwise(code::ishl, code::lshl);
                    bitwise(code::iadd, code::ladd);
                });
    }

    @Override
    int shiftRightOr(int value, int shift, long or) {
        return ofBits(
                k -> {
                    pushBits(value, k);
                    code.loadConstant(shift);
                    bitwise(code::iushr, code::lushr);
                    constantBits(or);
                    bitwise(code::ior, code::lor);
                });
    }

    @Override
    int maskBits(int value, long and, long or) {
        return ofBits(
                k -> {
                    pushBits(value, k);
                    constantBits(and);
                    bitwise(code::iand, code::land);
                    constantBits(or);
                    bitwise(code::ior, code::lor);
                });
    }

    @Override
    int atLeastZero(int value) {
        return math("max", value, constant(0));
    }

    @Override
    int variable(int value) {
        return value(kinds.get(value), k -> push(value, k));
    }

    @Override
    void assign(int variable, int value) {
        for (int k = 0; k < lanes(); k++) {
            push(value, k);
            code.storeLocal(kinds.get(variable), lanes.get(variable)[k]);
        }
    }

    @Override
    int inRange(int x, int limit) {
        return mask(
                k -> {
                    code.iload(x).loadConstant(k).iadd().iload(limit);
                    either(code::if_icmplt, () -> code.iconst_1(), () -> code.iconst_0());
                });
    }
}
