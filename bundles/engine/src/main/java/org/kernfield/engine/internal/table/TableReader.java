package org.kernfield.engine.internal.table;

import org.kernfield.engine.internal.FileReader;
import org.kernfield.field.Setting;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.TableSettings;
import org.kernfield.field.TableTask;
import org.kernfield.field.Task;
import org.kernfield.field.TaskReader;
import org.kernfield.format.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads tables to tell some columns from others: a file of whichever codec reads tables, or a
 * directory that holds {@code data.csv} or {@code data.csv.gz}. Rows without any target are left
 * out; a missing input is refused unless {@code missing=drop}.
 */
public final class TableReader implements TaskReader {
    private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);

    private final FileReader files;

    public TableReader(FileReader files) {
        this.files = files;
    }

    @Override
    public String name() {
        return TableTask.NAME;
    }

    @Override
    public List<Setting<?>> settings() {
        return TableSettings.ALL;
    }

    /** A table is known by its codec: what is broken about it is told by {@link #read}. */
    @Override
    public boolean accepts(Path input) throws IOException {
        if (Files.isDirectory(input)) {
            return beside(input, "data").isPresent();
        }
        return Files.isRegularFile(input) && files.knows(input, Table.class);
    }

    @Override
    public Task read(Path input, Settings settings) throws IOException {
        Path file = Files.isDirectory(input) ? beside(input, "data").orElseThrow() : input;
        Table table = files.read(file, Table.class);
        Columns columns = Columns.of(table, settings);
        table.requireNumbers(file, columns.used(), ", or name the columns of numbers with --x");
        boolean isTolerant = settings.get(TableSettings.MISSING).equals("drop");
        var rows = new TableRows(file, table, columns, isTolerant);
        TableTask task = rows.task(held(file, table, settings.get(TableSettings.SPLIT)));
        if (rows.unlabelled() + rows.incomplete() > 0) {
            LOG.info(
                    "{}: left out {} rows without a target and {} with a missing input",
                    file,
                    rows.unlabelled(),
                    rows.incomplete());
        }
        return task;
    }

    private boolean[] held(Path file, Table table, Long split) throws IOException {
        if (split == null) {
            return new boolean[(int) table.rows()];
        }
        Path directory = file.toAbsolutePath().getParent();
        Path mask =
                beside(directory, "test_mask")
                        .orElseThrow(
                                () ->
                                        new SettingException(
                                                "split = %d: there is no test_mask.csv in %s; put it"
                                                                .formatted(split, directory)
                                                        + " there, a column of 0 and 1 for each"
                                                        + " split"));
        return TestMask.of(
                mask, files.read(mask, Table.class), Math.toIntExact(split), table.rows());
    }

    private static Optional<Path> beside(Path directory, String stem) {
        return Stream.of(".csv", ".csv.gz")
                .map(ending -> directory.resolve(stem + ending))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
