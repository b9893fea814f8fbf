package org.kernfield.cpu.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.CancelToken;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Code is brought to speed, and made again where it stays slow. */
class WarmupTest {
    /** As slow a vector operation as code has that only the first compiler has seen. */
    private static final int STUCK = 30;

    private static final int OPERATIONS = 100;

    @Test
    void codeThatStaysSlowIsMadeAgain() {
        var renewals = new AtomicInteger();
        var warmup =
                new Warmup(
                        vectors -> {
                            if (renewals.get() == 0) {
                                spend((long) vectors * OPERATIONS * STUCK);
                            }
                        },
                        OPERATIONS,
                        renewals::incrementAndGet);
        Warmup.await(List.of(warmup), CancelToken.NONE);
        assertThat(warmup.isWarm()).isTrue();
        assertThat(renewals).hasValue(1);
    }

    @Test
    void codeThatIsFastIsNot() {
        var renewals = new AtomicInteger();
        var warmup = new Warmup(vectors -> {}, OPERATIONS, renewals::incrementAndGet);
        Warmup.await(List.of(warmup), CancelToken.NONE);
        assertThat(warmup.isWarm()).isTrue();
        assertThat(renewals).hasValue(0);
    }

    @Test
    void madeOnceUntilItIsRenewed() {
        var code = new Renewable<>(Object::new);
        Object first = code.get();
        assertThat(code.get()).isSameAs(first);
        code.renew();
        assertThat(code.get()).isNotSameAs(first).isSameAs(code.get());
    }

    private static void spend(long nanoseconds) {
        long end = System.nanoTime() + nanoseconds;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
