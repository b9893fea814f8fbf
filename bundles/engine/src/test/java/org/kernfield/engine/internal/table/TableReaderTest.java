package org.kernfield.engine.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kernfield.backend.Array;
import org.kernfield.engine.internal.FileReader;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.TableTask;
import org.kernfield.format.FormatException;
import org.kernfield.format.Table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class TableReaderTest {
    private static final double NAN = Double.NaN;

    @TempDir Path directory;
    private final Map<Path, Table> tables = new HashMap<>();

    private final TableReader reader =
            new TableReader(
                    new FileReader() {
                        @Override
                        public boolean knows(Path file, Class<?> type) {
                            return type == Table.class && tables.containsKey(file);
                        }

                        @Override
                        public <T> T read(Path file, Class<T> type) {
                            return type.cast(tables.get(file));
                        }
                    });

    private Path put(String name, Table table) throws IOException {
        Path file = directory.resolve(name);
        Files.createFile(file);
        tables.put(file, table);
        return file;
    }

    private Path put(String name, List<String> columns, double... values) throws IOException {
        int width = columns.size();
        var lines = new int[values.length / width];
        for (int k = 0; k < lines.length; k++) {
            lines[k] = k + 2;
        }
        return put(name, new Table(columns, Array.of(width, values), List.of(), lines));
    }

    private Path abc() throws IOException {
        return put("t.csv", List.of("a", "b", "c,d"), 1, 2, 3, 4, 5, 6);
    }

    private TableTask read(Path input, String... settings) throws IOException {
        assertThat(reader.accepts(input)).isTrue();
        var given = new HashMap<String, String>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            given.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return (TableTask) reader.read(input, Settings.of(reader.settings(), given));
    }

    /** Spreadsheets allow it, reports and model files do not. */
    @Test
    void namesAreOneLine() throws IOException {
        Path file = put("lines.csv", List.of("Weight \n(kg)", "y"), 1, 2);
        assertThat(read(file).inputNames()).containsExactly("Weight (kg)");
    }

    @Test
    void takesTheLastColumnForTheTarget() throws IOException {
        TableTask task = read(abc());
        assertThat(task.inputNames()).containsExactly("a", "b");
        assertThat(task.targetNames()).containsExactly("c,d");
        assertThat(task.x()).containsExactly(1, 2, 4, 5);
        assertThat(task.y()).containsExactly(3, 6);
        assertThat(task.noise()).isNull();
        assertThat(task.held()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "y=a | | b;c,d | a",
                "y=c,d | x=2 | b | c,d",
                "y=1,b | | c,d | a;b",
                "y=3 | x=1-2 | a;b | c,d",
                "y=a | deviations=b | c,d | a"
            })
    void findsColumnsByNameAndByNumber(String y, String more, String inputs, String targets)
            throws IOException {
        TableTask task = more == null ? read(abc(), y) : read(abc(), y, more);
        assertThat(String.join(";", task.inputNames())).isEqualTo(inputs);
        assertThat(String.join(";", task.targetNames())).isEqualTo(targets);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "y=aa | y = aa: no column is called so; did you mean a?",
                "y=4 | y = 4: the table has 3 columns; give a number from 1 to that",
                "y=1-3 | leaves none to tell the target from",
                "y=a,1 | column 1 (a): it is named twice",
                "x=a,3 | x = a,3: column 3 (c,d), the last column, is the target",
                "y= | y = : no column is called so",
                "deviations=1,2 | 2 columns; name one"
            })
    void refusesColumnsThatAreNotThereOrTwice(String setting, String message) throws IOException {
        Path file = abc();
        assertThatThrownBy(() -> read(file, setting))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesColumnsOfTablesWithoutHeader() throws IOException {
        Path file = put("t.csv", new Table(List.of(), Array.of(3, new double[] {1, 2, 3})));
        assertThat(read(file).inputNames()).containsExactly("x1", "x2");
        assertThat(read(file).targetNames()).containsExactly("y");
        assertThat(read(file, "y=2,3").targetNames()).containsExactly("y1", "y2");
        assertThatThrownBy(() -> read(file, "y=price")).hasMessageContaining("it has no header");
    }

    @Test
    void leavesOutRowsWithoutAnyTarget() throws IOException {
        Path file = put("t.csv", List.of("x", "u", "v"), 1, NAN, NAN, 2, 5, NAN, 3, 6, 7);
        TableTask task = read(file, "y=u,v");
        assertThat(task.x()).containsExactly(2, 3);
        assertThat(task.y()).containsExactly(5, NAN, 6, 7);
        assertThat(task.leftOut()).isEqualTo(new TableTask.LeftOut(1, 0));
        assertThatThrownBy(() -> read(put("n.csv", List.of("x", "y"), 1, NAN)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("n.csv: no row is left to fit");
    }

    @Test
    void refusesAMissingInputOrDropsItsRowWhenTold() throws IOException {
        Path file = put("t.csv", List.of("x", "y"), 1, 2, NAN, 3, 4, 5);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        file
                                + ": line 3, column 1 (x): this input is missing; fill it in,"
                                + " or leave such rows out with --set missing=drop");
        TableTask whole = read(file, "missing=drop");
        assertThat(whole.y()).containsExactly(2, 5);
        assertThat(whole.leftOut()).isEqualTo(new TableTask.LeftOut(0, 1));
    }

    @Test
    void refusesInfiniteNumbers() throws IOException {
        Path file = put("t.csv", List.of("x", "y"), 1, 2, 3, Double.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> read(file))
                .hasMessageContaining("line 3, column 2 (y): an infinite number");
    }

    @Test
    void refusesTextOnlyWhereItIsUsed() throws IOException {
        var text = new Table.Text(2, 0, "ford");
        var table =
                new Table(
                        List.of("car", "hp", "mpg"),
                        Array.of(3, new double[] {NAN, 90, 18}),
                        List.of(text),
                        new int[] {2});
        Path file = put("cars.csv", table);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": line 2, column 1 (car): 'ford' is no number");
        assertThat(read(file, "x=hp").x()).containsExactly(90);
    }

    @Test
    void squaresDeviationsOfTheNoise() throws IOException {
        Path file = put("t.csv", List.of("x", "s", "y"), 1, 0.5, 2, 3, 0, 4);
        TableTask task = read(file, "deviations=s");
        assertThat(task.inputNames()).containsExactly("x");
        assertThat(task.noise()).containsExactly(0.25, 0);
        Path wrong = put("w.csv", List.of("x", "s", "y"), 1, -0.5, 2);
        assertThatThrownBy(() -> read(wrong, "deviations=s"))
                .hasMessageContaining("line 2, column 2 (s): no standard deviation");
    }

    @Test
    void holdsOutTheRowsOfASplit() throws IOException {
        put("data.csv.gz", List.of("x", "y"), 1, 2, 3, 4, 5, 6);
        put("test_mask.csv", List.of("a", "b"), 0, 1, 1, 0, 0, 0);
        TableTask task = read(directory, "split=1");
        assertThat(task.x()).containsExactly(3, 5);
        assertThat(task.held().x()).containsExactly(1);
        assertThat(task.held().y()).containsExactly(2);
        assertThat(read(directory).rows()).isEqualTo(3);
        assertThatThrownBy(() -> read(directory, "split=2"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("has 2 columns; give a number from 0 to 1");
    }

    @Test
    void refusesASplitThatDoesNotSuitTheTable() throws IOException {
        Path file = abc();
        assertThatThrownBy(() -> read(file, "split=0")).hasMessageContaining("no test_mask.csv");
        put("test_mask.csv", List.of("a"), 0, 2);
        assertThatThrownBy(() -> read(file, "split=0"))
                .hasMessageContaining("line 3, column 1 (a): neither 0 nor 1");
        put("data.csv", List.of("x", "y"), 1, 2);
        assertThatThrownBy(() -> read(directory, "split=0"))
                .hasMessageContaining("2 rows for a table of 1");
    }

    @Test
    void passesOverOtherDirectories() throws IOException {
        assertThat(reader.accepts(directory)).isFalse();
    }
}
