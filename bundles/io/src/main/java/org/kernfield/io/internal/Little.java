package org.kernfield.io.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers in byte arrays; places beyond the array throw. */
public final class Little {
    private static final VarHandle I16 = view(short[].class);
    private static final VarHandle I32 = view(int[].class);
    private static final VarHandle I64 = view(long[].class);
    private static final VarHandle F32 = view(float[].class);
    private static final VarHandle F64 = view(double[].class);

    private Little() {}

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

    public static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    public static int u16(byte[] bytes, int at) {
        return (short) I16.get(bytes, at) & 0xFFFF;
    }

    public static int i32(byte[] bytes, int at) {
        return (int) I32.get(bytes, at);
    }

    public static long u32(byte[] bytes, int at) {
        return i32(bytes, at) & 0xFFFFFFFFL;
    }

    public static long i64(byte[] bytes, int at) {
        return (long) I64.get(bytes, at);
    }

    public static float f32(byte[] bytes, int at) {
        return (float) F32.get(bytes, at);
    }

    public static double f64(byte[] bytes, int at) {
        return (double) F64.get(bytes, at);
    }

    public static float f16(byte[] bytes, int at) {
        return Float.float16ToFloat((short) I16.get(bytes, at));
    }

    public static void i16(byte[] bytes, int at, int value) {
        I16.set(bytes, at, (short) value);
    }

    public static void i32(byte[] bytes, int at, int value) {
        I32.set(bytes, at, value);
    }

    public static void i64(byte[] bytes, int at, long value) {
        I64.set(bytes, at, value);
    }

    public static void f32(byte[] bytes, int at, float value) {
        F32.set(bytes, at, value);
    }
}
