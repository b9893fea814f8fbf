package org.kernfield.kernel;

/** The arithmetic in which a kernel is to be evaluated; part of its fingerprint. */
public enum Precision {
    /** IEEE 754 binary32. */
    F32,
    /** IEEE 754 binary64. */
    F64
}
