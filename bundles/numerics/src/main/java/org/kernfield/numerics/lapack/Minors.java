package org.kernfield.numerics.lapack;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Cholesky factors of small matrices that also fail where LAPACK lets NaN and infinity pass. */
final class Minors {
    private static final ValueLayout.OfFloat F32 =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble F64 =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Minors() {}

    /**
     * @return 0, or k > 0 when the leading minor of order k is not positive and finite
     */
    static int factor(Blas blas, int n, Tile a) {
        int info = blas.potrf(n, a);
        int regular = info == 0 ? n : info - 1;
        for (int k = 0; k < regular; k++) {
            long at = (long) k * a.stride() + k;
            double pivot =
                    a.bytes() == 4 ? a.data().getAtIndex(F32, at) : a.data().getAtIndex(F64, at);
            if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
                return k + 1;
            }
        }
        return info;
    }
}
