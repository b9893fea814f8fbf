package org.kernfield.nd4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.numerics.lapack.NativeLibrary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ND4J is started when it is needed, once, and where it was found well before. */
class LateStartTest {
    @TempDir Path directory;

    private final List<String> told = new ArrayList<>();
    private int starts;

    private LateStart start(Nd4jRuntime runtime) {
        return new LateStart(
                () -> {
                    starts++;
                    if (runtime == null) {
                        throw new IllegalStateException("nd4j: it is broken; mend it");
                    }
                    return runtime;
                },
                new LateStart.Listener() {
                    @Override
                    public void started(Nd4jRuntime started) {
                        told.add("started " + started.version());
                    }

                    @Override
                    public void failed(IllegalStateException why) {
                        told.add(why.getMessage());
                    }
                });
    }

    @Test
    void startsOnceWhenItIsFirstNeeded() {
        var library = NativeLibrary.named("libm.so.6");
        var late = start(new Nd4jRuntime("1", library, null, Optional.empty()));
        assertThat(starts).isZero();
        assertThat(late.get()).isSameAs(late.get());
        assertThat(starts).isEqualTo(1);
        assertThat(told).containsExactly("started 1");
        late.close();
        assertThat(library.isUnmapped()).isTrue();
        assertThatThrownBy(late::get).hasMessageContaining("after its plugin has left");
    }

    @Test
    void isNotStartedAfterItsPluginHasLeft() {
        var late = start(null);
        late.close();
        assertThatThrownBy(late::get).hasMessageContaining("after its plugin has left");
        assertThat(starts).isZero();
    }

    @Test
    void tellsOnceThatItCannotStartAndSaysSoToEverybody() {
        var late = start(null);
        for (int turn = 0; turn < 2; turn++) {
            assertThatThrownBy(late::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("nd4j: it is broken; mend it");
        }
        assertThat(starts).isEqualTo(1);
        assertThat(told).containsExactly("nd4j: it is broken; mend it");
    }

    @Test
    void isBelievedToBeWellOnlyUnderTheSameCircumstances() throws IOException {
        var note = new HealthNote(directory, "0.1.0");
        assertThat(note.version()).isEmpty();
        note.write("1.0.0-M2.1");
        assertThat(new HealthNote(directory, "0.1.0").version()).contains("1.0.0-M2.1");
        assertThat(new HealthNote(directory, "0.1.1").version()).isEmpty();
        note.remove();
        assertThat(note.version()).isEmpty();
        var nowhere = new HealthNote(Files.createFile(directory.resolve("file")), "0.1.0");
        nowhere.write("1.0.0-M2.1");
        assertThat(nowhere.version()).isEmpty();
    }
}
