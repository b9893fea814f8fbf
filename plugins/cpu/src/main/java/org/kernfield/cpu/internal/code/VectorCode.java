package org.kernfield.cpu.internal.code;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes Vector API calls as bytecode. A value is the number of the local variable that holds its
 * {@code FloatVector} or {@code VectorMask}; every operation stores into a fresh one, and the
 * just-in-time compiler decides what lives in registers.
 */
final class VectorCode {
    static final ClassDesc FLOATS = ConstantDescs.CD_float.arrayType();
    static final ClassDesc PLANES = FLOATS.arrayType();
    static final ClassDesc INTS = ConstantDescs.CD_int.arrayType();

    private static final ClassDesc VECTOR = ClassDesc.of("jdk.incubator.vector.Vector");
    private static final ClassDesc FLOAT = ClassDesc.of("jdk.incubator.vector.FloatVector");
    private static final ClassDesc INT = ClassDesc.of("jdk.incubator.vector.IntVector");
    private static final ClassDesc SPECIES = ClassDesc.of("jdk.incubator.vector.VectorSpecies");
    private static final ClassDesc MASK = ClassDesc.of("jdk.incubator.vector.VectorMask");
    private static final ClassDesc OPERATORS = ClassDesc.of("jdk.incubator.vector.VectorOperators");
    private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
    private static final ClassDesc BINARY = OPERATORS.nested("Binary");
    private static final ClassDesc F = ConstantDescs.CD_float;
    private static final ClassDesc I = ConstantDescs.CD_int;
    private static final ClassDesc VOID = ConstantDescs.CD_void;

    final CodeBuilder code;

    VectorCode(CodeBuilder code) {
        this.code = code;
    }

    private int store() {
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(local);
        return local;
    }

    private void species() {
        code.getstatic(FLOAT, "SPECIES_PREFERRED", SPECIES);
    }

    private int call(int self, String name, ClassDesc owner, ClassDesc result, int... vectors) {
        code.aload(self);
        var types = new ClassDesc[vectors.length];
        for (int k = 0; k < vectors.length; k++) {
            code.aload(vectors[k]);
            types[k] = VECTOR;
        }
        code.invokevirtual(owner, name, MethodTypeDesc.of(result, types));
        return store();
    }

    int constant(double value) {
        species();
        code.loadConstant((float) value);
        return broadcast();
    }

    private int broadcast() {
        code.invokestatic(FLOAT, "broadcast", MethodTypeDesc.of(FLOAT, SPECIES, F));
        return store();
    }

    /** {@code array[offset + index]} in every lane. */
    int broadcast(int array, int offset, int index) {
        species();
        code.aload(array).iload(offset).iload(index).iadd().faload();
        return broadcast();
    }

    /** {@code (float) index} in every lane. */
    int broadcastInt(int index) {
        species();
        code.iload(index).i2f();
        return broadcast();
    }

    /** 0, 1, 2, … */
    int iota() {
        species();
        code.invokestatic(FLOAT, "zero", MethodTypeDesc.of(FLOAT, SPECIES));
        code.loadConstant(1);
        code.invokevirtual(FLOAT, "addIndex", MethodTypeDesc.of(FLOAT, I));
        return store();
    }

    /** The lanes from {@code array[offset + index]} on. */
    int load(int array, int offset, int index) {
        species();
        code.aload(array).iload(offset).iload(index).iadd();
        code.invokestatic(FLOAT, "fromArray", MethodTypeDesc.of(FLOAT, SPECIES, FLOATS, I));
        return store();
    }

    void store(int value, int array, int offset, int index) {
        code.aload(value).aload(array).iload(offset).iload(index).iadd();
        code.invokevirtual(FLOAT, "intoArray", MethodTypeDesc.of(VOID, FLOATS, I));
    }

    void store(int value, int array, int offset, int index, int mask) {
        code.aload(value).aload(array).iload(offset).iload(index).iadd().aload(mask);
        code.invokevirtual(FLOAT, "intoArray", MethodTypeDesc.of(VOID, FLOATS, I, MASK));
    }

    int add(int a, int b) {
        return call(a, "add", FLOAT, FLOAT, b);
    }

    int subtract(int a, int b) {
        return call(a, "sub", FLOAT, FLOAT, b);
    }

    int multiply(int a, int b) {
        return call(a, "mul", FLOAT, FLOAT, b);
    }

    int divide(int a, int b) {
        return call(a, "div", FLOAT, FLOAT, b);
    }

    /** a · b + c. */
    int fma(int a, int b, int c) {
        return call(a, "fma", FLOAT, FLOAT, b, c);
    }

    int negate(int a) {
        return call(a, "neg", FLOAT, FLOAT);
    }

    int abs(int a) {
        return call(a, "abs", FLOAT, FLOAT);
    }

    int sqrt(int a) {
        return call(a, "sqrt", FLOAT, FLOAT);
    }

    int min(int a, int b) {
        return call(a, "min", FLOAT, FLOAT, b);
    }

    int max(int a, int b) {
        return call(a, "max", FLOAT, FLOAT, b);
    }

    /** ⌊a⌋ through addition of ±2²³, beyond which every float is whole; NaN stays. */
    int floor(int a) {
        int whole = constant(0x1p23);
        int shift = select(less(a, constant(0)), negate(whole), whole);
        int nearest = subtract(add(a, shift), shift);
        int one = constant(1);
        int rounded = select(less(a, nearest), subtract(nearest, one), nearest);
        return select(less(abs(a), whole), rounded, a);
    }

    private int compare(String operator, int a, int b) {
        code.aload(a).getstatic(OPERATORS, operator, COMPARISON).aload(b);
        code.invokevirtual(FLOAT, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
        return store();
    }

    int less(int a, int b) {
        return compare("LT", a, b);
    }

    int atMost(int a, int b) {
        return compare("LE", a, b);
    }

    /** {@code mask ? then : otherwise}. */
    int select(int mask, int then, int otherwise) {
        code.aload(otherwise).aload(then).aload(mask);
        code.invokevirtual(FLOAT, "blend", MethodTypeDesc.of(FLOAT, VECTOR, MASK));
        return store();
    }

    /** Adds the low bits of {@code bits}, shifted left, to the bit pattern of {@code value}. */
    int addShiftedBits(int value, int bits, int shift) {
        code.aload(value).invokevirtual(FLOAT, "reinterpretAsInts", MethodTypeDesc.of(INT));
        code.aload(bits).invokevirtual(FLOAT, "reinterpretAsInts", MethodTypeDesc.of(INT));
        shift("LSHL", shift);
        code.invokevirtual(INT, "add", MethodTypeDesc.of(INT, VECTOR));
        code.invokevirtual(INT, "reinterpretAsFloats", MethodTypeDesc.of(FLOAT));
        return store();
    }

    /** Bit pattern {@code (value >>> shift) | or} as a float. */
    int shiftRightOr(int value, int shift, int or) {
        code.aload(value).invokevirtual(FLOAT, "reinterpretAsInts", MethodTypeDesc.of(INT));
        shift("LSHR", shift);
        return bitwise("OR", or);
    }

    /** Bit pattern {@code (value & and) | or} as a float. */
    int maskBits(int value, int and, int or) {
        code.aload(value).invokevirtual(FLOAT, "reinterpretAsInts", MethodTypeDesc.of(INT));
        code.getstatic(OPERATORS, "AND", OPERATORS.nested("Associative")).loadConstant(and);
        code.invokevirtual(INT, "lanewise", MethodTypeDesc.of(INT, BINARY, I));
        return bitwise("OR", or);
    }

    private int bitwise(String operator, int operand) {
        code.getstatic(OPERATORS, operator, OPERATORS.nested("Associative"));
        code.loadConstant(operand);
        code.invokevirtual(INT, "lanewise", MethodTypeDesc.of(INT, BINARY, I));
        code.invokevirtual(INT, "reinterpretAsFloats", MethodTypeDesc.of(FLOAT));
        return store();
    }

    private void shift(String operator, int bits) {
        code.getstatic(OPERATORS, operator, BINARY).loadConstant(bits);
        code.invokevirtual(INT, "lanewise", MethodTypeDesc.of(INT, BINARY, I));
    }

    /** A copy of {@code value} that {@link #assign} may overwrite. */
    int variable(int value) {
        code.aload(value);
        return store();
    }

    void assign(int variable, int value) {
        code.aload(value).astore(variable);
    }

    /** Which lanes of {@code x + 0, x + 1, …} lie below {@code limit} (int locals). */
    int inRange(int x, int limit) {
        species();
        code.iload(x).iload(limit);
        code.invokeinterface(SPECIES, "indexInRange", MethodTypeDesc.of(MASK, I, I));
        return store();
    }

    /** An int local holding {@code value}. */
    int newInt(int value) {
        code.loadConstant(value);
        return storeInt();
    }

    /** Advances an int local by the number of lanes. */
    void advance(int local) {
        code.iload(local).loadConstant(VectorWidth.LANES).iadd().istore(local);
    }

    /** A float[] local for each of the first {@code count} elements of a float[][] local. */
    int[] planes(int planes, int count) {
        var locals = new int[count];
        for (int k = 0; k < count; k++) {
            code.aload(planes).loadConstant(k).aaload();
            locals[k] = store();
        }
        return locals;
    }

    /** An int local for each of the first {@code count} elements of an int[] local. */
    int[] elements(int ints, int count) {
        var locals = new int[count];
        for (int k = 0; k < count; k++) {
            code.aload(ints).loadConstant(k).iaload();
            locals[k] = storeInt();
        }
        return locals;
    }

    /** Pops an int into a fresh local. */
    int storeInt() {
        int local = code.allocateLocal(TypeKind.INT);
        code.istore(local);
        return local;
    }
}
