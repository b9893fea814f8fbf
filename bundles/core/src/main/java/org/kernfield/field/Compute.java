package org.kernfield.field;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Evaluator;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Tape;
import org.osgi.annotation.versioning.ProviderType;

import java.util.List;

/**
 * The engine's facade over whatever backend is leased at the moment, valid inside one call.
 * Representations never see a backend.
 */
@ProviderType
public interface Compute extends Evaluator {
    /** A buffer of zeros; it lives until it is closed or the fit moves to another backend. */
    @Override
    Buffer allocate(ElementType type, long rows, int width);

    /** A float32 buffer holding {@code values}. */
    default Buffer upload(Array values) {
        Buffer buffer = allocate(ElementType.F32, values.rows(), values.width());
        buffer.write(values);
        return buffer;
    }

    /** The values of a buffer as a new float32 array on the heap. */
    default Array download(Buffer buffer) {
        Array array = Array.zeros(ElementType.F32, buffer.rows(), buffer.width());
        buffer.read(array);
        return array;
    }

    /**
     * Announces reductions that will follow over such queries; see {@link
     * org.kernfield.backend.Session#prepare}.
     */
    default void prepare(List<Reduction> reductions, Queries queries) {}

    /**
     * The best dense linear algebra that is there, on the job's threads, memory and cancel token;
     * which one that is may change from call to call.
     */
    LinearAlgebra linearAlgebra();

    /** An empty tape over the backend leased now; close it before the call ends. */
    default Tape tape() {
        return new Tape(this);
    }

    /** Name of the backend leased now. */
    String backend();

    /** How far the fit is by its steps or seconds, 0 to 1; schedules decay by it. */
    double progress();

    /** Parts of host work that may run at the same time, owned by the engine. */
    org.kernfield.backend.Workers workers();

    /** Bytes of the job's memory budget not yet taken. */
    long memoryLeft();

    /** Throws a {@link java.util.concurrent.CancellationException} once the job is cancelled. */
    void checkCancelled();
}
