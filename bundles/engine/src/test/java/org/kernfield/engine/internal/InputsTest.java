package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.Resume;
import org.kernfield.field.Image;
import org.kernfield.format.AtomicFile;
import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class InputsTest {
    @TempDir Path home;
    private FieldEngine engine;

    /** {@code GREY width height} and a value a pixel, 0 to 9. */
    static final class Grey implements Codec<Image> {
        @Override
        public String name() {
            return "grey";
        }

        @Override
        public Class<Image> type() {
            return Image.class;
        }

        @Override
        public List<String> extensions() {
            return List.of("grey");
        }

        @Override
        public boolean accepts(Probe head) {
            return head.startsWith("GREY");
        }

        @Override
        public Image read(Path file, Limits limits) throws IOException {
            String[] words = Files.readString(file).strip().split(" ");
            var values = new float[words.length - 3];
            for (int k = 0; k < values.length; k++) {
                values[k] = Integer.parseInt(words[k + 3]) / 9f;
            }
            return new Image(Integer.parseInt(words[1]), Integer.parseInt(words[2]), 1, values);
        }

        @Override
        public boolean canWrite() {
            return true;
        }

        @Override
        public void write(Image image, Path file) throws IOException {
            var text = new StringBuilder("GREY " + image.width() + " " + image.height());
            for (float value : image.eightBit().values()) {
                text.append(' ').append(Math.round(value * 9));
            }
            AtomicFile.write(
                    file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @BeforeEach
    void open() {
        engine = engine(new Blobs());
    }

    private FieldEngine engine(Blobs blobs) {
        var opened = new FieldEngine(home.resolve("home"));
        opened.add(new Named("one", 0));
        opened.add(blobs);
        opened.add(new Grey());
        return opened;
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    @Test
    void fitsAPictureFileByItsContent() throws Exception {
        Path input = file("My Photo.jpeg", "GREY 2 2 0 3 6 9");
        Job job = engine.submit(FitRequest.of(input).steps(2L));
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(job.id()).isEqualTo("my-photo-1");
        assertThat(job.field().render().pixels()).isEqualTo(4);
    }

    @Test
    void refusesADirectoryThatIsNeitherSceneNorTable() {
        assertThatThrownBy(() -> engine.submit(FitRequest.of(home)))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        home
                                + ": a directory that is neither a scene nor a table; give a"
                                + " picture, or a directory with transforms.json, sparse/0 or"
                                + " data.csv");
    }

    @Test
    void refusesAMissingFile() {
        assertThatThrownBy(() -> engine.submit(FitRequest.of(home.resolve("none.png"))))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void refusesWhatNoCodecKnows() throws Exception {
        Path input = file("a.grey", "hello");
        assertThatThrownBy(() -> engine.submit(FitRequest.of(input)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("grey")
                .hasNoCause();
        assertThat(engine.jobs()).isEmpty();
    }

    @Test
    void beginsAnewWhenItsProcessEndedBeforeACheckpoint() throws Exception {
        Path input = file("a.grey", "GREY 2 2 0 3 6 9");
        FitRequest request = FitRequest.of(input).steps(6L).seed(7).threads(1);
        Job job = engine.submit(request);
        job.await();
        float[] undisturbed = Samples.weights(job.result());
        Path record = home.resolve("home/jobs").resolve(job.id()).resolve("job.properties");
        Files.writeString(record, Files.readString(record).replace("=DONE", "=RUNNING"));
        engine.close();

        engine = engine(new Blobs());
        assertThat(engine.jobs().getFirst().why()).isEqualTo("its process ended; resume it");
        Job resumed = engine.resume(job.id(), Resume.unchanged());
        resumed.await();
        assertThat(Samples.weights(resumed.result())).isEqualTo(undisturbed);
    }

    @Test
    void refusesToResumeOnAChangedInput() throws Exception {
        engine.close();
        var gate = new Gate(2);
        engine = engine(new Blobs(gate));
        Path input = file("a.grey", "GREY 2 2 0 3 6 9");
        Job job = engine.submit(FitRequest.of(input).steps(9L));
        gate.awaitReached();
        job.cancel();
        gate.open();
        job.await();
        Files.writeString(input, "GREY 2 2 9 3 6 9");
        assertThatThrownBy(() -> engine.resume(job.id(), Resume.unchanged()))
                .hasMessage(
                        input.toAbsolutePath()
                                + ": changed since job a-1 began; start the fit anew");
        Files.writeString(input, "GREY 2 2 0 3 6 9");
        Job resumed = engine.resume(job.id(), new Resume(5L, null, null, null, null));
        assertThat(resumed.await().step()).isEqualTo(5);
    }
}
