package org.kernfield.openblas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;
import org.kernfield.testkit.Departure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** The plugin leaves while a call is in flight. */
class FlightTest {
    /** A call that began on a plugin's library, and what it waits for. */
    private record Flight(CompletableFuture<Array> product, CountDownLatch permission) {}

    /** It goes on to the end though nothing but the call knows of the library any more. */
    @Test
    void aCallInFlightEndsWellAfterItsPluginHasGone() throws Exception {
        Found.onThisMachine().close();
        Flight flight =
                Departure.visit(LinearAlgebra.class, new OpenBlasAlgebra(), FlightTest::begun);
        assertThat(flight.product()).isNotDone();
        flight.permission().countDown();
        Array product = flight.product().get();
        assertThat(product.get(0)).isEqualTo(7);
        assertThat(product.get(3)).isEqualTo(22);
    }

    /** (1 2; 3 4)·(1 2; 3 4), held where it looks at its token. */
    private static Flight begun(LinearAlgebra algebra) {
        var begun = new CountDownLatch(1);
        var permission = new CountDownLatch(1);
        var resources =
                new Resources(
                        Workers.SERIAL,
                        Budget.unlimited(),
                        () -> {
                            begun.countDown();
                            await(permission);
                            return false;
                        });
        LinearAlgebra bound = algebra.with(resources);
        var product = CompletableFuture.supplyAsync(() -> squared(bound));
        await(begun);
        return new Flight(product, permission);
    }

    private static Array squared(LinearAlgebra algebra) {
        Array a = Array.of(2, 1.0, 2.0, 3.0, 4.0);
        Array c = Array.of(2, 0.0, 0.0, 0.0, 0.0);
        algebra.gemm(1, a, false, a, false, 0, c);
        return c;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
