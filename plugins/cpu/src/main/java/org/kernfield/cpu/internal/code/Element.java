package org.kernfield.cpu.internal.code;

import org.kernfield.kernel.Precision;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/** How the numbers of a precision stand in bytecode. */
enum Element {
    F32(TypeKind.FLOAT, ConstantDescs.CD_float, TypeKind.INT, ConstantDescs.CD_int, 23),
    F64(TypeKind.DOUBLE, ConstantDescs.CD_double, TypeKind.LONG, ConstantDescs.CD_long, 52);

    /** On the stack and in locals. */
    final TypeKind kind;

    /** As a type. */
    final ClassDesc type;

    /** An array of it. */
    final ClassDesc array;

    /** The whole number of as many bits. */
    final TypeKind bitsKind;

    final ClassDesc bitsType;

    /** Bits of the fraction. */
    final int fraction;

    Element(TypeKind kind, ClassDesc type, TypeKind bitsKind, ClassDesc bitsType, int fraction) {
        this.kind = kind;
        this.type = type;
        this.array = type.arrayType();
        this.bitsKind = bitsKind;
        this.bitsType = bitsType;
        this.fraction = fraction;
    }

    static Element of(Precision precision) {
        return switch (precision) {
            case F32 -> F32;
            case F64 -> F64;
        };
    }

    /** 1.5 · 2^fraction: adding it leaves the nearest integer in the low bits. */
    double round() {
        return Math.scalb(1.5, fraction);
    }
}
