package org.kernfield.cpu.internal.code;

import org.kernfield.kernel.Op;
import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Arrays;

/**
 * Writes arithmetic on some lanes at a time as bytecode. A value is the number of the local
 * variable that holds its lanes, or a mask of them; every operation stores into a fresh one, and
 * the just-in-time compiler decides what lives in registers.
 */
abstract class LaneCode {
    final CodeBuilder code;
    final Element element;

    LaneCode(CodeBuilder code, Element element) {
        this.code = code;
        this.element = element;
    }

    /** Code for the widest lanes that this process has. */
    static LaneCode of(CodeBuilder code, Precision precision) {
        var element = Element.of(precision);
        return VectorWidth.HAS_VECTORS
                ? new VectorCode(code, element)
                : new ScalarCode(code, element);
    }

    /** Numbers in a value. */
    abstract int lanes();

    abstract int constant(double value);

    /** {@code array[offset + index]} in every lane. */
    abstract int broadcast(int array, int offset, int index);

    /** {@code index} as a number in every lane. */
    abstract int broadcastInt(int index);

    /** 0, 1, 2, … */
    abstract int iota();

    /** The lanes from {@code array[offset + index]} on. */
    abstract int load(int array, int offset, int index);

    abstract void store(int value, int array, int offset, int index);

    abstract void store(int value, int array, int offset, int index, int mask);

    abstract int add(int a, int b);

    abstract int subtract(int a, int b);

    abstract int multiply(int a, int b);

    abstract int divide(int a, int b);

    /** a · b + c. */
    abstract int fma(int a, int b, int c);

    abstract int negate(int a);

    abstract int abs(int a);

    abstract int sqrt(int a);

    abstract int min(int a, int b);

    abstract int max(int a, int b);

    abstract int less(int a, int b);

    abstract int atMost(int a, int b);

    /** Lanes that are in one of two masks. */
    abstract int or(int a, int b);

    /** {@code mask ? then : otherwise}. */
    abstract int select(int mask, int then, int otherwise);

    /** Runs what {@code body} writes unless every lane is in the mask. */
    abstract void unlessAll(int mask, Runnable body);

    /** {@link org.kernfield.kernel.Op#RANDOM}. */
    abstract int random(int seed, int step, int stream, int index);

    /** One of {@link org.kernfield.kernel.Op#isLogBessel}, lane by lane. */
    abstract int bessel(Op op, int order, int x);

    /** Adds the low bits of {@code bits}, shifted left, to the bit pattern of {@code value}. */
    abstract int addShiftedBits(int value, int bits, int shift);

    /** Bit pattern {@code (value >>> shift) | or} as a number. */
    abstract int shiftRightOr(int value, int shift, long or);

    /** Bit pattern {@code (value & and) | or} as a number. */
    abstract int maskBits(int value, long and, long or);

    /** {@code value}, 0 where it is negative; for numbers only, a NaN may become 0. */
    abstract int atLeastZero(int value);

    /** A copy of {@code value} that {@link #assign} may overwrite. */
    abstract int variable(int value);

    abstract void assign(int variable, int value);

    /** Which lanes of {@code x + 0, x + 1, …} lie below {@code limit} (int locals). */
    abstract int inRange(int x, int limit);

    /** ⌊a⌋ through addition of ±2^fraction, beyond which every number is whole; NaN stays. */
    int floor(int a) {
        int whole = constant(Math.scalb(1.0, element.fraction));
        int shift = select(less(a, constant(0)), negate(whole), whole);
        int nearest = subtract(add(a, shift), shift);
        int one = constant(1);
        int rounded = select(less(a, nearest), subtract(nearest, one), nearest);
        return select(less(abs(a), whole), rounded, a);
    }

    /** An int local holding {@code value}. */
    int newInt(int value) {
        code.loadConstant(value);
        return storeInt();
    }

    /** Advances an int local by the number of lanes. */
    void advance(int local) {
        code.iload(local).loadConstant(lanes()).iadd().istore(local);
    }

    /** Advances an int local. */
    void advance(int local, int by) {
        code.iload(local).loadConstant(by).iadd().istore(local);
    }

    /** A local for each of the first {@code count} arrays of an array of arrays. */
    int[] planes(int planes, int count) {
        var locals = new int[count];
        for (int k = 0; k < count; k++) {
            code.aload(planes).loadConstant(k).aaload();
            locals[k] = storeArray();
        }
        return locals;
    }

    /** The same of an array that is typed, which saves a look at the type of each. */
    int[] typedPlanes(int planes, int count) {
        var locals = new int[count];
        code.aload(planes).checkcast(element.array.arrayType());
        int typed = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(typed);
        for (int k = 0; k < count; k++) {
            code.aload(typed).loadConstant(k).aaload();
            locals[k] = code.allocateLocal(TypeKind.REFERENCE);
            code.astore(locals[k]);
        }
        return locals;
    }

    /** A local with the array of numbers that an {@code Object} local holds. */
    int array(int object) {
        code.aload(object);
        return storeArray();
    }

    private int storeArray() {
        code.checkcast(element.array);
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(local);
        return local;
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

    /** Pushes {@code value} rounded to the element. */
    void push(double value) {
        if (element == Element.F32) {
            code.loadConstant((float) value);
        } else {
            code.loadConstant(value);
        }
    }

    /** Pushes {@code array[offset + index]}. */
    void pushElement(int array, int offset, int index) {
        code.aload(array).iload(offset).iload(index).iadd().arrayLoad(element.kind);
    }

    /** Adds the two numbers on the stack. */
    void addTwo() {
        if (element == Element.F32) {
            code.fadd();
        } else {
            code.dadd();
        }
    }

    /** As many of a type as there are. */
    static ClassDesc[] times(int count, ClassDesc type) {
        var types = new ClassDesc[count];
        Arrays.fill(types, type);
        return types;
    }

    static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();
    static final ClassDesc INTS = ConstantDescs.CD_int.arrayType();
}
