package org.kernfield.numerics.lapack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

@EnabledOnOs(OS.LINUX)
class NativeLibraryTest {
    private final NativeLibrary library = NativeLibrary.named("libm.so.6");

    @Test
    void aCallUnderWayGoesOnOnAnotherThreadThoughTheLibraryWasClosed() {
        var hasRun = new AtomicBoolean();
        library.calling(
                () -> {
                    library.close();
                    CompletableFuture.runAsync(
                                    () -> library.continuing(() -> hasRun.set(library.has("cos"))))
                            .join();
                    assertThat(library.isUnmapped()).isFalse();
                    return null;
                });
        assertThat(hasRun).isTrue();
        assertThat(library.isUnmapped()).isTrue();
    }

    @Test
    void nothingRunsInAnUnmappedLibrary() {
        library.close();
        assertThatThrownBy(() -> library.continuing(() -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("libm.so.6");
        assertThatThrownBy(() -> library.calling(() -> null))
                .isInstanceOf(IllegalStateException.class);
    }
}
