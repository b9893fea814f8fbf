package org.kernfield.io.internal.table;

import org.kernfield.backend.Array;
import org.kernfield.format.Codec;
import org.kernfield.format.Table;
import org.kernfield.io.internal.Registered;
import org.kernfield.testkit.CodecContract;

import java.util.List;

/** Tables as text pass the contract of codecs. */
class TableContractTest extends CodecContract<Table> {
    @Override
    protected Codec<Table> codec() {
        return new Registered.Csv();
    }

    @Override
    protected List<Table> values() {
        var many = new double[3000];
        for (int k = 0; k < many.length; k++) {
            many[k] = Math.cos(k) * Math.pow(10, k % 40 - 20);
        }
        return List.of(
                new Table(List.of("a", "b"), Array.of(2, 1, -2.5, 1e-300, Double.NaN)),
                new Table(List.of("a, b", "\"c\"", "ü"), Array.of(3, many)));
    }

    @Override
    protected boolean same(Table read, Table written) {
        return read.columns().equals(written.columns())
                && read.values().width() == written.values().width()
                && read.values().data().mismatch(written.values().data()) == -1;
    }

    /** A table of fewer rows, or of a shorter last number, is one too. */
    @Override
    protected boolean marksItsEnd() {
        return false;
    }
}
