package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.Array;
import org.kernfield.backend.LinearAlgebra.Side;
import org.kernfield.backend.LinearAlgebra.Triangle;

import java.util.function.ObjIntConsumer;

/** What is done in the arguments' own type, one matrix or many. */
final class Level3<A> {
    /** A matrix of a batch with more multiplications than this is shared by all threads. */
    private static final double LARGE = 5e6;

    /** Multiplications of the small matrices that a thread takes at one time. */
    private static final double PART = 1e6;

    private static final int ROWS_A_PART = 64;

    /** Columns of a factor that needs no tiles. */
    private static final int THIN = 4;

    private final Numbers<A> numbers;
    private final Crew crew;

    Level3(Numbers<A> numbers, Crew crew) {
        this.numbers = numbers;
        this.crew = crew;
    }

    void gemm(
            int batch,
            double alpha,
            Array a,
            boolean transposeA,
            Array b,
            boolean transposeB,
            double beta,
            Array c) {
        try (var call = new Call<>(numbers, crew)) {
            View<A> left = call.read(a);
            View<A> right = call.read(b);
            View<A> into = call.write(c);
            double depth = transposeA ? (double) a.rows() / batch : a.width();
            each(
                    call,
                    batch,
                    depth * c.elements() / batch,
                    (own, k) -> {
                        View<A> part = part(into, batch, k);
                        scale(own, beta, part);
                        View<A> x = part(left, batch, k);
                        View<A> y = part(right, batch, k);
                        own.product()
                                .add(
                                        alpha,
                                        transposeA ? x.transposed() : x,
                                        transposeB ? y.transposed() : y,
                                        part);
                    });
            call.store();
        }
    }

    void syrk(double alpha, Array a, boolean transpose, double beta, Array c) {
        try (var call = new Call<>(numbers, crew)) {
            View<A> given = call.read(a);
            View<A> left = transpose ? given.transposed() : given;
            View<A> into = call.write(c);
            if (left.columns() <= THIN) {
                addThin(call, alpha, left, beta, into);
            } else {
                scale(call, beta, into);
                call.product().addLower(alpha, left, left.transposed(), into);
            }
            numbers.mirror(into);
            call.store();
        }
    }

    /**
     * The lower triangle of C ← β·C + α·A·Aᵀ, row by row: for a tile there is too little to sum.
     */
    private void addThin(Call<A> call, double alpha, View<A> a, double beta, View<A> c) {
        View<A> columns = call.matrix(a.columns(), a.rows());
        numbers.copy(a.transposed(), columns);
        crew.forEach(
                (c.rows() + ROWS_A_PART - 1) / ROWS_A_PART,
                (double) c.rows() * c.columns() * a.columns(),
                p -> {
                    int last = Math.min((p + 1) * ROWS_A_PART, c.rows());
                    numbers.addThin(alpha, columns, beta, c, p * ROWS_A_PART, last);
                });
    }

    void trsm(int batch, Side side, Triangle triangle, boolean transpose, Array t, Array b) {
        try (var call = new Call<>(numbers, crew)) {
            View<A> triangles = call.read(t);
            View<A> unknowns = call.write(b);
            each(
                    call,
                    batch,
                    0.5 * t.width() * b.elements() / batch,
                    (own, k) -> {
                        View<A> x = part(unknowns, batch, k);
                        View<A> given = part(triangles, batch, k);
                        boolean left = side == Side.LEFT;
                        // X·op(T) = B is op(T)ᵀ·Xᵀ = Bᵀ
                        boolean turned = transpose == left;
                        View<A> op = turned ? given.transposed() : given;
                        View<A> columns = left ? x : x.transposed();
                        if ((triangle == Triangle.LOWER) != turned) {
                            own.substitution().lower(op, columns);
                        } else {
                            own.substitution().upper(op, columns);
                        }
                    });
            call.store();
        }
    }

    int[] potrf(int batch, Array a) {
        var infos = new int[batch];
        try (var call = new Call<>(numbers, crew)) {
            View<A> all = call.write(a);
            each(
                    call,
                    a.rows() == 0 ? 0 : batch,
                    a.width() / 6.0 * a.elements() / batch,
                    (own, k) -> {
                        View<A> part = part(all, batch, k);
                        infos[k] = own.cholesky().factor(part);
                        numbers.clearUpper(part);
                    });
            call.store();
        }
        return infos;
    }

    void potri(Array l) {
        try (var call = new Call<>(numbers, crew)) {
            View<A> factor = call.write(l);
            new Inverse<>(call).ofFactor(factor);
            call.store();
        }
    }

    private static <A> View<A> part(View<A> all, int batch, int k) {
        int rows = all.rows() / batch;
        return all.block(k * rows, 0, rows, all.columns());
    }

    private void scale(Call<A> call, double beta, View<A> c) {
        call.crew()
                .forEach(
                        (c.rows() + ROWS_A_PART - 1) / ROWS_A_PART,
                        (double) c.rows() * c.columns(),
                        p -> {
                            int last = Math.min((p + 1) * ROWS_A_PART, c.rows());
                            numbers.scale(beta, c, p * ROWS_A_PART, last);
                        });
    }

    /** Large ones one after the other on all threads, small ones on one thread each. */
    private void each(
            Call<A> call, int batch, double multiplications, ObjIntConsumer<Call<A>> work) {
        if (batch == 1 || multiplications > LARGE) {
            for (int k = 0; k < batch; k++) {
                work.accept(call, k);
            }
            return;
        }
        int part = (int) Math.max(1, Math.min(batch, PART / Math.max(1, multiplications)));
        crew.forEach(
                (batch + part - 1) / part,
                multiplications * batch,
                p -> {
                    try (var own = new Call<>(numbers, crew.alone())) {
                        for (int k = p * part; k < Math.min((p + 1) * part, batch); k++) {
                            work.accept(own, k);
                        }
                    }
                });
    }
}
