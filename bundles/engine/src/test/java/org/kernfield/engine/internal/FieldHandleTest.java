package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Array;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.FieldHandle;
import org.kernfield.engine.FieldUnavailable;
import org.kernfield.field.Model;
import org.kernfield.field.Rendering;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

class FieldHandleTest {
    @TempDir Path home;
    private FieldEngine engine;
    private final Blobs blobs = new Blobs();

    /** One blob of weight 2 at (1, 1): 2·exp(−r²/8). */
    private static final Model ONE =
            new Model(
                    "blobs",
                    1,
                    "image",
                    Map.of("centres", Array.of(2, 1f, 1f), "weights", Array.of(1, 2f)),
                    Map.of("width", "4", "height", "2"));

    @BeforeEach
    void open() {
        engine = new FieldEngine(home);
        engine.add(new Named("one", 0));
        engine.add(blobs);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void answersValuesAndDerivatives() {
        FieldHandle field = engine.open(ONE);
        Array points = Array.of(2, 1f, 1f, 3f, 1f);
        float edge = (float) (2 * Math.exp(-0.5));
        assertThat(field.values(points).toFloats()).containsExactly(new float[] {2, edge}, eps());
        assertThat(field.jacobian(points).toFloats())
                .containsExactly(new float[] {0, 0, -edge / 2, 0}, eps());
    }

    private static org.assertj.core.data.Offset<Float> eps() {
        return org.assertj.core.data.Offset.offset(1e-6f);
    }

    @Test
    void rendersItsNaturalSize() {
        FieldHandle field = engine.open(ONE);
        assertThat(field.can(Rendering.class)).isTrue();
        assertThat(field.render().width()).isEqualTo(4);
        assertThat(field.render(8, 4).pixels()).isEqualTo(32);
    }

    @Test
    void outlivesASwapOfItsRepresentation() {
        FieldHandle field = engine.open(ONE);
        engine.remove(blobs);
        engine.add(new Blobs());
        assertThat(field.outputs()).isOne();
    }

    /** Whoever asks is answered by the next one, and the one that is silent is known to be. */
    @Test
    void aBackendThatIsSilentIsLeft() {
        var plugins = Plugins.none();
        var silent = new Named("silent", 10);
        var silence = new CountDownLatch(1);
        silent.beforeRun =
                () -> {
                    try {
                        silence.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        plugins.backends().add(silent);
        plugins.backends().add(new Named("sound", 5));
        plugins.representations().add(blobs);
        var calls = new LeasedCall(plugins, Grants.ofMachine(), Duration.ofSeconds(1));
        var field = new LeasedField(ONE, plugins, calls, Duration.ofSeconds(10));
        assertThat(field.values(Array.of(2, 1f, 1f)).get(0)).isEqualTo(2);
        silence.countDown();
        assertThat(plugins.backends().first(e -> e.name.equals("silent")).fault)
                .contains("no sign of life for 1.0 s");
    }

    private final Plugins plugins = Plugins.none();
    private final Named first = new Named("first", 10);
    private final Named second = new Named("second", 5);

    private FieldHandle onTwo() {
        plugins.backends().add(first);
        plugins.backends().add(second);
        plugins.representations().add(blobs);
        var calls = new LeasedCall(plugins, Grants.ofMachine(), Duration.ofSeconds(1));
        return new LeasedField(ONE, plugins, calls, Duration.ofSeconds(10));
    }

    private String faultOfFirst() {
        return plugins.backends().first(e -> e.name.equals("first")).fault;
    }

    private static double product(FieldHandle field) {
        return field.use(
                Rendering.class,
                (r, compute) -> {
                    var a = compute.upload(Array.of(1, 3f));
                    var c = compute.upload(Array.of(1, 0f));
                    compute.operations().gemm(1, a, false, a, false, 0, c);
                    return compute.download(c).get(0);
                });
    }

    @Test
    void theNextAnswersForABackendThatThrows() {
        FieldHandle field = onTwo();
        first.beforeOperation =
                () -> {
                    throw new IllegalStateException("device lost");
                };
        assertThat(product(field)).isEqualTo(9);
        assertThat(faultOfFirst()).contains("device lost");
    }

    @Test
    void theNextAnswersForABackendThatIsSilentInAnOperation() {
        FieldHandle field = onTwo();
        var silence = new CountDownLatch(1);
        first.beforeOperation =
                () -> {
                    try {
                        silence.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        assertThat(product(field)).isEqualTo(9);
        silence.countDown();
        assertThat(faultOfFirst()).contains("no sign of life");
    }

    @Test
    void whatFailsOnEveryBackendIsNoBackendsFault() {
        FieldHandle field = onTwo();
        first.fault = second.fault = new IllegalStateException("no such thing");
        assertThatThrownBy(() -> field.values(Array.of(2, 1f, 1f)))
                .hasMessageContaining("no such thing");
        assertThat(faultOfFirst()).isEmpty();
    }

    @Test
    void saysWhatIsMissingAfterAWhile() {
        engine.remove(blobs);
        var calls = new LeasedCall(Plugins.none(), Grants.ofMachine());
        var field = new LeasedField(ONE, Plugins.none(), calls, Duration.ofMillis(20));
        assertThatThrownBy(field::outputs)
                .isInstanceOf(FieldUnavailable.class)
                .hasMessageContaining("no representation blobs is here");
    }

    @Test
    void refusesPointsOfAnotherWidth() {
        assertThatThrownBy(() -> engine.open(ONE).values(Array.of(3, 1f, 2f, 3f)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs 2");
    }

    @Test
    void saysWhatTheModelLacks() {
        var broken = new Model("blobs", 1, "image", Map.of(), Map.of());
        assertThatThrownBy(() -> engine.open(broken).values(Array.of(2, 1f, 2f)))
                .isInstanceOf(org.kernfield.field.ModelException.class)
                .hasMessageContaining("'centres'")
                .hasNoCause();
    }
}
