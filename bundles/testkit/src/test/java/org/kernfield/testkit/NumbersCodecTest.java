package org.kernfield.testkit;

import org.kernfield.format.Codec;

import java.util.Arrays;
import java.util.List;

/** An honest codec keeps the contract. */
class NumbersCodecTest extends CodecContract<double[]> {
    @Override
    protected Codec<double[]> codec() {
        return new NumbersCodec();
    }

    @Override
    protected List<double[]> values() {
        return List.of(new double[] {1, -2.5, Math.PI}, new double[0], new double[1000]);
    }

    @Override
    protected boolean same(double[] read, double[] written) {
        return Arrays.equals(read, written);
    }
}
