package org.kernfield.io.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.Array;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.format.Table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

class CsvCodecTest {
    private static final Limits LIMITS = new Limits(10_000_000);

    private final CsvCodec codec = new CsvCodec();

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x,y\\n1,2\\n3,4.5\\n",
                "x;y\\r\\n1;2\\r\\n3;4.5",
                "x\\ty\\n1\\t2\\n\\n3\\t4.5\\n",
                "\uFEFFx,y\\n1,2\\n3,4.5\\n",
                "\"x\",\"y\"\\n\"1\",2\\n 3 ,\"4.5\"\\n",
                "x,y\\r1,2\\r3,4.5\\r",
                "# measured\\nx,y\\n1,2\\n# again\\n3,4.5",
                "  x  y\\n 1   2 \\n\\n 3 4.5\\n",
            })
    void readsSeparatorsQuotesAndByteOrderMark(String text) throws IOException {
        Table table = read(text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t"));
        assertThat(table.columns()).containsExactly("x", "y");
        assertThat(table.rows()).isEqualTo(2);
        assertThat(table.get(1, 1)).isEqualTo(4.5);
    }

    @Test
    void readsTablesWithoutHeader() throws IOException {
        Table table = read("1,-2e-3\n.5,+4\n");
        assertThat(table.columns()).isEmpty();
        assertThat(table.values().toFloats()).containsExactly(1f, -2e-3f, .5f, 4f);
    }

    @Test
    void readsQuotedSeparatorsQuotesAndLineBreaksInNames() throws IOException {
        assertThat(read("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\n1,2,3\n").columns())
                .containsExactly("a,b", "say \"x\"", "two\nlines");
    }

    @Test
    void readsGzip() throws IOException {
        Path file = directory.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("x\n1\n".getBytes());
        }
        assertThat(codec.read(file, LIMITS).get(0, 0)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2\\n\\n3 | line 3 has 1 cells, the first line has 2",
                "x,y | no row of numbers",
                "\"x | truncated"
            })
    void namesLineAndColumnOfWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(directory.resolve("a.csv") + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void keepsWhatIsMissingApartFromText() throws IOException {
        Table table = read("x,y,name\n1,,a\nNA,?,b\n\n\"3\n\",nan,5\n");
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.get(2, 0)).isEqualTo(3);
        assertThat(List.of(table.get(0, 1), table.get(1, 0), table.get(1, 1), table.get(2, 1)))
                .containsOnly(Double.NaN);
        assertThat(table.texts()).containsExactly(new Table.Text(2, 2, "a"));
        assertThat(table.lines()).containsExactly(2, 3, 5);
        table.requireNumbers("t.csv", List.of(0, 1), "");
        assertThatThrownBy(() -> table.requireNumbers("t.csv", List.of(2), ", or leave it out"))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        "t.csv: line 2, column 3 (name): 'a' is no number;"
                                + " give numbers such as 1.5 or -2e-3, or leave it out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x10", "1f", "1,5", "NaN1", "four", "1e", "--1"})
    void takesNoOtherTextForANumber(String cell) throws IOException {
        Table table = read("x;y\n1;" + cell + "\n");
        assertThat(table.texts()).containsExactly(new Table.Text(2, 1, cell));
        assertThatThrownBy(() -> codec.write(table, directory.resolve("b.csv")))
                .hasMessageContaining("'" + cell + "' is no number");
        assertThat(directory.resolve("b.csv")).doesNotExist();
    }

    @Test
    void readsMarkedUtf16() throws IOException {
        byte[] text = "\uFEFFx\ty\r\n1\t2\r\n".getBytes(StandardCharsets.UTF_16LE);
        Path file = Files.write(directory.resolve("a.csv"), text);
        assertThat(codec.accepts(Probe.of(file))).isTrue();
        assertThat(codec.read(file, LIMITS).columns()).containsExactly("x", "y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.csv | anything | true",
                "a.csv | \\0 | false",
                "a.dat | 1 2\\n3 4 | true",
                "a.txt | a b\\n3;-4e1 | true",
                "a.txt | Hello 3\\nworlds | false",
                "a.png | 1,2 | false"
            })
    void tellsTablesByNameAndContent(String name, String text, boolean expected)
            throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, text.replace("\\n", "\n").replace("\\0", "\0"));
        assertThat(codec.accepts(Probe.of(file))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void survivesWhateverBytesComeIn(long seed) throws IOException {
        var random = new Random(seed);
        byte[] alphabet =
                "0123456789.,;\t\n\r\"#-+eE nax\u00E9\0\uFEFF".getBytes(StandardCharsets.UTF_8);
        for (int trial = 0; trial < 3_000; trial++) {
            var bytes = new byte[random.nextInt(60)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = alphabet[random.nextInt(alphabet.length)];
            }
            Path file = Files.write(directory.resolve("a.csv"), bytes);
            try {
                Table table = codec.read(file, LIMITS);
                assertThat(table.rows()).isPositive();
                assertThat(table.lines()).hasSize((int) table.rows());
            } catch (FormatException e) {
                assertThat(e.getMessage()).startsWith(file + ": ");
            }
        }
    }

    @Test
    void refusesGzipThatGrowsBeyondTheLimits() throws IOException {
        Path file = directory.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("1\n".repeat(3_000_000).getBytes());
        }
        assertThatThrownBy(() -> codec.read(file, LIMITS))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("memory");
    }

    @Test
    void writesShortestExactNumbers() throws IOException {
        double[] values = {0.1, 1.0 / 3, -5, 1e22, Double.MIN_VALUE, Double.NaN, -1.0 / 0, -0.0};
        Path file = directory.resolve("a.csv");
        codec.write(new Table(List.of("a", "b,\"c"), Array.of(2, values)), file);
        assertThat(file)
                .hasContent(
                        "a,\"b,\"\"c\"\n0.1,0.3333333333333333\n-5,1.0E22\n"
                                + "4.9E-324,nan\n-inf,-0\n");
        Table table = codec.read(file, LIMITS);
        for (int k = 0; k < values.length; k++) {
            // boxed, so that nan equals nan and −0 differs from 0
            assertThat((Double) table.values().get(k)).isEqualTo((Double) values[k]);
        }
    }

    @Test
    void keepsNamesThatBeginLikeARemark() throws IOException {
        Path file = directory.resolve("a.csv");
        codec.write(new Table(List.of("#a", "#b"), Array.of(2, 1.0, 2)), file);
        assertThat(codec.read(file, LIMITS).columns()).containsExactly("#a", "#b");
    }

    private Table read(String text) throws IOException {
        return codec.read(Files.writeString(directory.resolve("a.csv"), text), LIMITS);
    }
}
