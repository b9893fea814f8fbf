package org.kernfield.cpu.internal.code;

import org.kernfield.kernel.Op;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Lanes of the machine's preferred vectors, through the Vector API: the only class that writes it.
 */
final class VectorCode extends LaneCode {
    private static final String API = "jdk.incubator.vector.";
    private static final ClassDesc VECTOR = ClassDesc.of(API + "Vector");
    private static final ClassDesc SPECIES = ClassDesc.of(API + "VectorSpecies");
    private static final ClassDesc MASK = ClassDesc.of(API + "VectorMask");
    private static final ClassDesc OPERATORS = ClassDesc.of(API + "VectorOperators");
    private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
    private static final ClassDesc BINARY = OPERATORS.nested("Binary");
    private static final ClassDesc OP = Op.class.describeConstable().orElseThrow();
    private static final ClassDesc I = ConstantDescs.CD_int;
    private static final ClassDesc VOID = ConstantDescs.CD_void;

    /** {@code FloatVector} or {@code DoubleVector}. */
    private final ClassDesc vector;

    /** {@code IntVector} or {@code LongVector}. */
    private final ClassDesc bits;

    private final String toBits;
    private final String fromBits;

    VectorCode(CodeBuilder code, Element element) {
        super(code, element);
        boolean isSingle = element == Element.F32;
        vector = ClassDesc.of(API + (isSingle ? "FloatVector" : "DoubleVector"));
        bits = ClassDesc.of(API + (isSingle ? "IntVector" : "LongVector"));
        toBits = isSingle ? "reinterpretAsInts" : "reinterpretAsLongs";
        fromBits = isSingle ? "reinterpretAsFloats" : "reinterpretAsDoubles";
    }

    @Override
    int lanes() {
        return element == Element.F32 ? VectorWidth.LANES : VectorWidth.LANES / 2;
    }

    private int store() {
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(local);
        return local;
    }

    private void species() {
        code.getstatic(vector, "SPECIES_PREFERRED", SPECIES);
    }

    private int call(String name, int self, int... operands) {
        code.aload(self);
        for (int operand : operands) {
            code.aload(operand);
        }
        code.invokevirtual(vector, name, MethodTypeDesc.of(vector, times(operands.length, VECTOR)));
        return store();
    }

    private int broadcast() {
        code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, element.type));
        return store();
    }

    @Override
    int constant(double value) {
        species();
        push(value);
        return broadcast();
    }

    @Override
    int broadcast(int array, int offset, int index) {
        species();
        pushElement(array, offset, index);
        return broadcast();
    }

    @Override
    int broadcastInt(int index) {
        species();
        code.iload(index).conversion(TypeKind.INT, element.kind);
        return broadcast();
    }

    @Override
    int iota() {
        species();
        code.invokestatic(vector, "zero", MethodTypeDesc.of(vector, SPECIES));
        code.loadConstant(1);
        code.invokevirtual(vector, "addIndex", MethodTypeDesc.of(vector, I));
        return store();
    }

    @Override
    int load(int array, int offset, int index) {
        species();
        code.aload(array).iload(offset).iload(index).iadd();
        code.invokestatic(
                vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, element.array, I));
        return store();
    }

    @Override
    void store(int value, int array, int offset, int index) {
        code.aload(value).aload(array).iload(offset).iload(index).iadd();
        code.invokevirtual(vector, "intoArray", MethodTypeDesc.of(VOID, element.array, I));
    }

    @Override
    void store(int value, int array, int offset, int index, int mask) {
        code.aload(value).aload(array).iload(offset).iload(index).iadd().aload(mask);
        code.invokevirtual(vector, "intoArray", MethodTypeDesc.of(VOID, element.array, I, MASK));
    }

    @Override
    int add(int a, int b) {
        return call("add", a, b);
    }

    @Override
    int subtract(int a, int b) {
        return call("sub", a, b);
    }

    @Override
    int multiply(int a, int b) {
        return call("mul", a, b);
    }

    @Override
    int divide(int a, int b) {
        return call("div", a, b);
    }

    @Override
    int fma(int a, int b, int c) {
        return call("fma", a, b, c);
    }

    @Override
    int negate(int a) {
        return call("neg", a);
    }

    @Override
    int abs(int a) {
        return call("abs", a);
    }

    @Override
    int sqrt(int a) {
        return call("sqrt", a);
    }

    @Override
    int min(int a, int b) {
        return call("min", a, b);
    }

    @Override
    int max(int a, int b) {
        return call("max", a, b);
    }

    private int compare(String operator, int a, int b) {
        code.aload(a).getstatic(OPERATORS, operator, COMPARISON).aload(b);
        code.invokevirtual(vector, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
        return store();
    }

    @Override
    int less(int a, int b) {
        return compare("LT", a, b);
    }

    @Override
    int atMost(int a, int b) {
        return compare("LE", a, b);
    }

    @Override
    int or(int a, int b) {
        code.aload(a).aload(b);
        code.invokevirtual(MASK, "or", MethodTypeDesc.of(MASK, MASK));
        return store();
    }

    @Override
    int select(int mask, int then, int otherwise) {
        code.aload(otherwise).aload(then).aload(mask);
        code.invokevirtual(vector, "blend", MethodTypeDesc.of(vector, VECTOR, MASK));
        return store();
    }

    @Override
    void unlessAll(int mask, Runnable body) {
        Label end = code.newLabel();
        code.aload(mask)
                .invokevirtual(MASK, "allTrue", MethodTypeDesc.of(ConstantDescs.CD_boolean))
                .ifne(end);
        body.run();
        code.labelBinding(end);
    }

    @Override
    int random(int seed, int step, int stream, int index) {
        code.aload(seed).aload(step).aload(stream).aload(index);
        code.invokestatic(
                PhiloxVectors.class.describeConstable().orElseThrow(),
                "uniform",
                MethodTypeDesc.of(vector, times(4, vector)));
        return store();
    }

    @Override
    int bessel(Op op, int order, int x) {
        code.getstatic(OP, op.name(), OP).aload(order).aload(x);
        code.invokestatic(
                BesselLanes.class.describeConstable().orElseThrow(),
                "apply",
                MethodTypeDesc.of(vector, OP, vector, vector));
        return store();
    }

    private void bits(int value) {
        code.aload(value).invokevirtual(vector, toBits, MethodTypeDesc.of(bits));
    }

    private int number() {
        code.invokevirtual(bits, fromBits, MethodTypeDesc.of(vector));
        return store();
    }

    @Override
    int addShiftedBits(int value, int low, int shift) {
        bits(value);
        bits(low);
        shift("LSHL", shift);
        code.invokevirtual(bits, "add", MethodTypeDesc.of(bits, VECTOR));
        return number();
    }

    @Override
    int shiftRightOr(int value, int shift, long or) {
        bits(value);
        shift("LSHR", shift);
        bitwise("OR", or);
        return number();
    }

    @Override
    int maskBits(int value, long and, long or) {
        bits(value);
        bitwise("AND", and);
        bitwise("OR", or);
        return number();
    }

    /** As integers, where a maximum is one operation: negative numbers are negative there too. */
    @Override
    int atLeastZero(int value) {
        bits(value);
        bitwise("MAX", 0);
        return number();
    }

    private void bitwise(String operator, long operand) {
        code.getstatic(OPERATORS, operator, OPERATORS.nested("Associative"));
        lanewise(operand);
    }

    private void shift(String operator, int by) {
        code.getstatic(OPERATORS, operator, BINARY);
        lanewise(by);
    }

    private void lanewise(long operand) {
        if (element == Element.F32) {
            code.loadConstant((int) operand);
        } else {
            code.loadConstant(operand);
        }
        code.invokevirtual(bits, "lanewise", MethodTypeDesc.of(bits, BINARY, element.bitsType));
    }

    @Override
    int variable(int value) {
        code.aload(value);
        return store();
    }

    @Override
    void assign(int variable, int value) {
        code.aload(value).astore(variable);
    }

    @Override
    int inRange(int x, int limit) {
        species();
        code.iload(x).iload(limit);
        code.invokeinterface(SPECIES, "indexInRange", MethodTypeDesc.of(MASK, I, I));
        return store();
    }
}
