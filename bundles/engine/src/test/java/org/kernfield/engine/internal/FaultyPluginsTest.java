package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Calibrated;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.FitException;
import org.kernfield.engine.JobState;
import org.kernfield.engine.Plugin;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Representation;
import org.kernfield.field.TaskReader;
import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A plugin that fails whatever it is asked keeps no other from its work. */
@Timeout(60)
class FaultyPluginsTest {
    private static final String NAME = "a-faulty";

    @TempDir Path home;
    private FieldEngine engine;

    private static Stream<Throwable> faults() {
        return Stream.of(
                new NoClassDefFoundError("some/Thing"), new IllegalArgumentException("no idea"));
    }

    /** It knows its name and its rank, and throws when it is asked anything else. */
    @SuppressWarnings("unchecked")
    private static <S> S faulty(Throwable fault, Class<?>... services) {
        return (S)
                Proxy.newProxyInstance(
                        FaultyPluginsTest.class.getClassLoader(),
                        services,
                        (self, method, arguments) ->
                                switch (method.getName()) {
                                    case "name" -> NAME;
                                    case "ranking" -> -1;
                                    default -> throw fault;
                                });
    }

    @BeforeEach
    void open() {
        engine = new FieldEngine(home.resolve("home"));
        engine.add(new Named("one", 0));
        engine.add(new Blobs());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFitGoesToARepresentationThatAnswers(Throwable fault) throws Exception {
        engine.add(FaultyPluginsTest.<Representation>faulty(fault, Representation.class));
        assertThat(engine.submit(Samples.steps(2)).await().state()).isEqualTo(JobState.DONE);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultyRepresentationThatIsAskedForIsRefused(Throwable fault) {
        engine.add(FaultyPluginsTest.<Representation>faulty(fault, Representation.class));
        assertThatThrownBy(() -> engine.submit(Samples.steps(2).as(NAME)))
                .isInstanceOf(FitException.class)
                .hasMessageContaining(NAME)
                .hasMessageContaining("blobs");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsHereIsListed(Throwable fault) {
        engine.add(FaultyPluginsTest.<Representation>faulty(fault, Representation.class));
        engine.add(FaultyPluginsTest.<Codec<?>>faulty(fault, Codec.class));
        engine.add(FaultyPluginsTest.<TaskReader>faulty(fault, TaskReader.class));
        engine.add(FaultyPluginsTest.<Backend>faulty(fault, Backend.class, Calibrated.class));
        assertThat(engine.representations()).extracting(Plugin::name).contains(NAME, "blobs");
        assertThat(engine.backends()).extracting(Plugin::name).containsExactly("one", NAME);
        assertThat(engine.codecs()).hasSize(1);
        assertThat(engine.readers()).extracting(Plugin::name).contains(NAME, "image");
        assertThat(engine.settings(null)).isNotEmpty();
        assertThat(engine.checks()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void inputsGoToAReaderAndACodecThatAnswer(Throwable fault) throws Exception {
        engine.add(FaultyPluginsTest.<Codec<?>>faulty(fault, Codec.class));
        engine.add(FaultyPluginsTest.<TaskReader>faulty(fault, TaskReader.class));
        engine.add(new InputsTest.Grey());
        Path input = Files.writeString(home.resolve("a.grey"), "GREY 2 2 0 3 6 9");
        assertThat(engine.task(input, Map.of())).isInstanceOf(ImageTask.class);
    }

    @Test
    void aSentenceWithoutARemedyIsStillTold() {
        var check = Checks.speed("one", List.of("memory: half as fast as it should be"));
        assertThat(check.why()).isEqualTo("memory: half as fast as it should be");
        assertThat(check.remedy()).isNotBlank();
    }

    @Test
    void aFileThatNoCodecKnowsIsRefusedInWords() throws Exception {
        engine.add(FaultyPluginsTest.<Codec<?>>faulty(new IllegalStateException("x"), Codec.class));
        Path input = Files.writeString(home.resolve("a.grey"), "hello");
        assertThatThrownBy(() -> engine.read(input, Image.class))
                .isInstanceOf(FormatException.class);
    }
}
