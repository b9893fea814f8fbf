package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

class CsvTest {
    @TempDir private Path directory;

    private Csv read(String text) throws IOException {
        return Csv.read(Files.writeString(directory.resolve("t.csv"), text), Limits.ofHeap());
    }

    @Test
    void readsARowOfNamesAndNumbers() throws IOException {
        var table = read("x,y\n0.5,1e2\n\n-3 , 4\n");
        assertThat(table.header()).isTrue();
        assertThat(table.columns()).isEqualTo(2);
        assertThat(table.values()).containsExactly(0.5, 100, -3, 4);
    }

    @Test
    void readsNumbersApartByBlanksWithoutNames() throws IOException {
        var table = read("1 2\t3\n4 5 6\n");
        assertThat(table.header()).isFalse();
        assertThat(table.rows()).isEqualTo(2);
    }

    @Test
    void readsWhatIsPacked() throws IOException {
        Path file = directory.resolve("t.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("1,2\n".getBytes());
        }
        assertThat(Csv.read(file, Limits.ofHeap()).values()).containsExactly(1, 2);
    }

    @Test
    void namesTheLineThatIsNoNumber() {
        assertThatThrownBy(() -> read("1,2\n3,four\n"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("t.csv: line 2 holds 'four'");
    }

    @Test
    void namesTheLineOfAnotherLength() {
        assertThatThrownBy(() -> read("1,2\n3\n")).hasMessageContaining("line 2 has 1 columns");
    }

    @Test
    void refusesATableWithoutRows() {
        assertThatThrownBy(() -> read("x,y\n")).hasMessageContaining("holds no rows");
    }

    @Test
    void refusesMoreThanMemoryAllows() throws IOException {
        Path file = Files.writeString(directory.resolve("t.csv"), "1\n".repeat(3000));
        assertThatThrownBy(() -> Csv.read(file, new Limits(1000))).hasMessageContaining("memory");
    }
}
