package org.kernfield.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class CodecsTest {
    private static final Limits LIMITS = new Limits(1000);

    @TempDir Path directory;

    /** Files that begin with a word and hold a text. */
    private record Word(String name, List<String> extensions) implements Codec<String> {
        @Override
        public Class<String> type() {
            return String.class;
        }

        @Override
        public boolean accepts(Probe head) {
            return head.startsWith(name);
        }

        @Override
        public String read(Path file, Limits limits) throws IOException {
            String text = Files.readString(file);
            if (text.contains("!")) {
                throw new IndexOutOfBoundsException("7");
            }
            return text;
        }

        @Override
        public boolean canWrite() {
            return true;
        }

        @Override
        public void write(String value, Path file) throws IOException {
            Files.writeString(file, value);
        }
    }

    private final Codecs codecs =
            new Codecs(
                    List.of(new Word("beta", List.of("b")), new Word("alpha", List.of("a", "al"))));

    /** A codec whose classes are not all there. */
    private static final class Halved implements Codec<String> {
        @Override
        public String name() {
            return "halved";
        }

        @Override
        public Class<String> type() {
            return String.class;
        }

        @Override
        public List<String> extensions() {
            return List.of("h");
        }

        @Override
        public boolean accepts(Probe head) {
            throw new NoClassDefFoundError("some/Thing");
        }

        @Override
        public String read(Path file, Limits limits) {
            throw new AssertionError("read although it did not accept");
        }

        @Override
        public boolean canWrite() {
            return false;
        }

        @Override
        public void write(String value, Path file) {
            throw new AssertionError("written although it only reads");
        }
    }

    @Test
    void leavesOutACodecThatFailsAndTellsWhich() throws IOException {
        var failed = new ArrayList<String>();
        var some =
                new Codecs(
                        List.of(new Halved(), new Word("alpha", List.of("a"))),
                        (codec, fault) -> failed.add(codec.name()));
        assertThat(some.find(file("x.h", "alpha 1")).name()).isEqualTo("alpha");
        assertThat(failed).containsExactly("halved");
    }

    @Test
    void findsTheCodecByContentWhateverTheName() throws IOException {
        assertThat(codecs.find(file("x.b", "alpha 1")).name()).isEqualTo("alpha");
    }

    @Test
    void namesWhatIsMissing() {
        Path file = directory.resolve("none.a");
        refuses(file, "no such file; check the path");
    }

    @Test
    void refusesDirectories() {
        refuses(directory, "is a directory; give a string");
    }

    @Test
    void refusesEmptyFiles() throws IOException {
        refuses(file("x.a", ""), "is empty (0 bytes)");
    }

    @Test
    void saysWhenTheNameIsWrong() throws IOException {
        refuses(
                file("x.a", "hello"),
                "is no alpha file, whatever its name says (it holds text); give a string (alpha,"
                        + " beta)");
    }

    @Test
    void listsWhatIsReadableForUnknownContent() throws IOException {
        refuses(file("x.c", "\0\1"), "is in no format known here; give a string (alpha, beta)");
    }

    @Test
    void saysWhenAFileHoldsSomethingElse() throws IOException {
        Path file = file("x.a", "alpha");
        assertThatThrownBy(() -> codecs.read(file, Integer.class, LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": holds a string (alpha), not an integer");
    }

    @Test
    void turnsDecodersFailuresIntoSentences() throws IOException {
        refuses(file("x.a", "alpha!"), "broken alpha content");
    }

    @Test
    void writesByExtension() throws IOException {
        Path file = directory.resolve("X.AL");
        codecs.write("alpha", file);
        assertThat(file).hasContent("alpha");
    }

    @Test
    void refusesToWriteUnderUnknownExtension() {
        Path file = directory.resolve("x.png");
        assertThatThrownBy(() -> codecs.write("alpha", file))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        file
                                + ": a string cannot be written under this name; use .a or .al or"
                                + " .b");
    }

    @Test
    void refusesToWriteIntoMissingDirectory() {
        Path file = directory.resolve("none/x.a");
        assertThatThrownBy(() -> codecs.write("alpha", file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": there is no directory");
    }

    private void refuses(Path file, String reason) {
        assertThatThrownBy(() -> codecs.read(file, String.class, LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": " + reason);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
