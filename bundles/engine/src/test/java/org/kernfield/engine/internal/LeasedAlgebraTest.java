package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;
import org.kernfield.reference.ReferenceLinearAlgebra;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** Calls of linear algebra while services come and go. */
class LeasedAlgebraTest {
    private final Roster<LinearAlgebra> roster =
            new Roster<>(LinearAlgebra::name, LinearAlgebra::ranking);
    private final LeasedAlgebra algebra =
            new LeasedAlgebra(
                    roster, new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE));

    @Test
    void takesTheBestAndFallsToTheNextWhenThatLeaves() {
        var reference = new ReferenceLinearAlgebra();
        LinearAlgebra better = endless(new CountDownLatch(1));
        roster.add(reference);
        roster.add(better);
        assertThat(algebra.name()).isEqualTo("endless");

        roster.remove(better, Duration.ofSeconds(1));

        assertThat(algebra.name()).isEqualTo("reference");
        Array a = Array.of(1, 4.0);
        assertThat(algebra.potrf(a)).isZero();
        assertThat(a.get(0)).isEqualTo(2);
    }

    @Test
    void saysThatThereIsNone() {
        assertThatThrownBy(() -> algebra.potrf(Array.of(1, 4.0)))
                .hasMessage("linear algebra: none is here; start the bundle cpu or reference");
    }

    @Test
    void breaksOffACallThatOutstaysItsDeparture() throws Exception {
        var begun = new CountDownLatch(1);
        LinearAlgebra endless = endless(begun);
        roster.add(endless);
        var thrown = new Throwable[1];
        Thread caller =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        algebra.sytrf(Array.of(1, 1.0), new int[1]);
                                    } catch (CancellationException e) {
                                        thrown[0] = e;
                                    }
                                });
        begun.await();

        assertThat(roster.remove(endless, Duration.ofMillis(20))).isFalse();

        caller.join(10_000);
        assertThat(thrown[0]).isInstanceOf(CancellationException.class);
        assertThat(algebra.isBroken()).isTrue();
    }

    @Test
    void isUselessOnceClosed() {
        roster.add(new ReferenceLinearAlgebra());
        algebra.close();
        assertThatThrownBy(algebra::name).hasMessageContaining("used after its lease has ended");
    }

    /** Ranks first, and every call goes on until it is cancelled. */
    private static LinearAlgebra endless(CountDownLatch begun) {
        return endless(begun, CancelToken.NONE);
    }

    private static LinearAlgebra endless(CountDownLatch begun, CancelToken cancel) {
        return (LinearAlgebra)
                Proxy.newProxyInstance(
                        LinearAlgebra.class.getClassLoader(),
                        new Class<?>[] {LinearAlgebra.class},
                        (self, method, arguments) ->
                                switch (method.getName()) {
                                    case "name" -> "endless";
                                    case "ranking" -> 1;
                                    case "with" ->
                                            endless(begun, ((Resources) arguments[0]).cancel());
                                    case "hashCode" -> System.identityHashCode(self);
                                    case "equals" -> self == arguments[0];
                                    default -> {
                                        begun.countDown();
                                        while (true) {
                                            cancel.check();
                                            Thread.onSpinWait();
                                        }
                                    }
                                });
    }
}
