package org.kernfield.cpu.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.kernel.Precision;

import java.lang.ref.WeakReference;

/** Compiled code is kept by the backend's cache and by nothing else. */
class HiddenClassTest {
    private static final int COLLECTIONS = 50;

    private static WeakReference<Class<?>> compiled(CompiledKernels kernels) {
        Class<?> code = kernels.totals(Precision.F32).getClass();
        assertThat(code.isHidden()).isTrue();
        return new WeakReference<>(code);
    }

    private static boolean isCollected(WeakReference<?> code) throws InterruptedException {
        for (int k = 0; k < COLLECTIONS && code.get() != null; k++) {
            System.gc();
            Thread.sleep(20);
        }
        return code.get() == null;
    }

    @Test
    void goesWhenTheBackendLetsGoOfItsKernels() throws InterruptedException {
        var kernels = new CompiledKernels();
        WeakReference<Class<?>> code = compiled(kernels);
        System.gc();
        assertThat(code.get()).isSameAs(kernels.totals(Precision.F32).getClass());
        kernels.clear();
        assertThat(isCollected(code)).isTrue();
    }

    @Test
    void goesWithABackendThatNobodyClosed() throws InterruptedException {
        assertThat(isCollected(compiled(new CompiledKernels()))).isTrue();
    }
}
