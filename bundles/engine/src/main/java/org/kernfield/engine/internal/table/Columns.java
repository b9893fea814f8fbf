package org.kernfield.engine.internal.table;

import org.kernfield.field.Nearest;
import org.kernfield.field.Setting;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.TableSettings;
import org.kernfield.format.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which columns of a table are what; numbers from 0.
 *
 * @param inputs those that are known
 * @param targets those to be told
 * @param deviations that of the noise, −1 for none
 */
record Columns(List<Integer> inputs, List<Integer> targets, int deviations) {
    private static final Pattern RANGE = Pattern.compile("([1-9]\\d{0,8})-([1-9]\\d{0,8})");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

    /**
     * As the user says it.
     *
     * @throws SettingException for columns that are not there, or twice
     */
    static Columns of(Table table, Settings settings) {
        List<Integer> targets =
                settings.isGiven(TableSettings.Y)
                        ? found(table, TableSettings.Y, settings)
                        : List.of(table.width() - 1);
        List<Integer> deviations = found(table, TableSettings.DEVIATIONS, settings);
        if (deviations.size() > 1) {
            throw new SettingException(
                    "deviations = %s: %d columns; name one"
                            .formatted(settings.get(TableSettings.DEVIATIONS), deviations.size()));
        }
        var taken = new ArrayList<>(targets);
        taken.addAll(deviations);
        List<Integer> inputs =
                settings.isGiven(TableSettings.X)
                        ? found(table, TableSettings.X, settings)
                        : others(table, taken);
        if (inputs.isEmpty()) {
            throw new SettingException(
                    "y: a table of %d columns leaves none to tell the target from; give more"
                            .formatted(table.width()));
        }
        if (!settings.isGiven(TableSettings.Y) && inputs.contains(targets.getFirst())) {
            throw new SettingException(
                    "x = %s: %s, the last column, is the target where y names none; name y"
                            .formatted(
                                    settings.get(TableSettings.X),
                                    table.label(targets.getFirst())));
        }
        taken.addAll(inputs);
        requireOnce(table, taken);
        return new Columns(inputs, targets, deviations.isEmpty() ? -1 : deviations.getFirst());
    }

    private static List<Integer> others(Table table, List<Integer> taken) {
        return IntStream.range(0, table.width()).boxed().filter(c -> !taken.contains(c)).toList();
    }

    private static void requireOnce(Table table, List<Integer> taken) {
        for (int k = 0; k < taken.size(); k++) {
            if (taken.subList(0, k).contains(taken.get(k))) {
                throw new SettingException(
                        "%s: it is named twice among x, y and deviations; name it once"
                                .formatted(table.label(taken.get(k))));
            }
        }
    }

    private static List<Integer> found(Table table, Setting<String> setting, Settings settings) {
        String text = settings.get(setting);
        if (text == null) {
            return List.of();
        }
        var columns = new ArrayList<Integer>();
        // a name may hold commas
        String[] words = table.columns().contains(text) ? new String[] {text} : text.split(",");
        for (String word : words) {
            add(table, setting.name(), word.strip(), columns);
        }
        if (columns.isEmpty()) {
            throw new SettingException(setting.name() + ": names no column; name one");
        }
        return columns;
    }

    private static void add(Table table, String setting, String word, List<Integer> columns) {
        List<Integer> named =
                IntStream.range(0, table.columns().size())
                        .boxed()
                        .filter(c -> table.columns().get(c).equals(word))
                        .toList();
        if (named.size() > 1) {
            throw new SettingException(
                    "%s = %s: %d columns are called so; give the number of one"
                            .formatted(setting, word, named.size()));
        }
        var range = RANGE.matcher(word);
        if (!named.isEmpty()) {
            columns.add(named.getFirst());
        } else if (NUMBER.matcher(word).matches()) {
            columns.add(number(table, setting, word));
        } else if (range.matches()) {
            int first = number(table, setting, range.group(1));
            int last = number(table, setting, range.group(2));
            IntStream.rangeClosed(first, last).forEach(columns::add);
        } else {
            throw new SettingException(
                    "%s = %s: no column is called so; %s"
                            .formatted(setting, word, suggestion(table, word)));
        }
    }

    private static int number(Table table, String setting, String word) {
        int number = Integer.parseInt(word);
        if (number > table.width()) {
            throw new SettingException(
                    "%s = %s: the table has %d columns; give a number from 1 to that"
                            .formatted(setting, word, table.width()));
        }
        return number - 1;
    }

    private static String suggestion(Table table, String word) {
        return table.columns().isEmpty()
                ? "it has no header, give numbers from 1 to " + table.width()
                : Nearest.suggestion(word, table.columns());
    }

    /** All that are read. */
    List<Integer> used() {
        var all = new ArrayList<>(inputs);
        all.addAll(targets);
        if (deviations >= 0) {
            all.add(deviations);
        }
        return all;
    }

    /** Names of columns; where there are none, the letter and a number from 1. */
    static List<String> names(Table table, List<Integer> columns, String letter) {
        return IntStream.range(0, columns.size())
                .mapToObj(
                        k -> {
                            int column = columns.get(k);
                            String name =
                                    table.columns().isEmpty() ? "" : table.columns().get(column);
                            String number = columns.size() == 1 ? "" : "" + (k + 1);
                            return name.isEmpty()
                                    ? letter + number
                                    : name.replaceAll("\\s*\\R\\s*", " ");
                        })
                .toList();
    }
}
