package org.kernfield.shell.internal;

import org.kernfield.field.Nearest;
import org.kernfield.field.Setting;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads an argument vector by what a verb declares. {@code --name value} and {@code --name=value}
 * are the same; {@code --} ends the options; a setting of a representation is an option too. A flag
 * that is {@code false} is not given.
 */
final class ArgumentParser {
    private final Verb verb;
    private final List<Option> options;
    private final List<Setting<?>> settings;
    private final List<String> operands = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Map.Entry<String, String>> repeated = new ArrayList<>();
    private final Map<String, String> set = new LinkedHashMap<>();

    private ArgumentParser(Verb verb, List<String> given) {
        this.verb = verb;
        this.options = verb.allOptions();
        this.settings = verb.settings(named(given));
    }

    /**
     * Reads {@code given}.
     *
     * @throws Failure for what is unknown, missing or given twice
     * @throws org.kernfield.field.SettingException for a value that does not fit
     */
    static Arguments parse(Verb verb, List<String> given, Path directory) {
        return new ArgumentParser(verb, given).read(given, directory);
    }

    /** The representation decides which settings there are, so it is looked up first. */
    private static String named(List<String> given) {
        for (int k = 0; k < given.size(); k++) {
            if (given.get(k).startsWith("--as=")) {
                return given.get(k).substring("--as=".length());
            }
            if (given.get(k).equals("--as") && k + 1 < given.size()) {
                return given.get(k + 1);
            }
        }
        return null;
    }

    private Arguments read(List<String> given, Path directory) {
        Iterator<String> words = given.iterator();
        boolean onlyOperands = false;
        while (words.hasNext()) {
            String word = words.next();
            if (onlyOperands || !word.startsWith("-") || word.equals("-")) {
                operands.add(word);
            } else if (word.equals("--")) {
                onlyOperands = true;
            } else {
                option(word.equals("-h") || word.equals("-?") ? "--help" : word, words);
            }
        }
        if (!values.containsKey(Option.HELP.name())) {
            count();
        }
        return new Arguments(operands, values, repeated, set, directory);
    }

    private void option(String word, Iterator<String> words) {
        int equals = word.indexOf('=');
        String dashed = equals < 0 ? word : word.substring(0, equals);
        String name = dashed.startsWith("--") ? dashed.substring(2) : dashed;
        Optional<Option> option = options.stream().filter(o -> o.name().equals(name)).findFirst();
        Optional<Setting<?>> setting =
                settings.stream().filter(s -> s.name().equals(name)).findFirst();
        if (!dashed.startsWith("--") || option.isEmpty() && setting.isEmpty()) {
            throw unknown(dashed);
        }
        boolean flag =
                option.map(Option::isFlag).orElseGet(() -> setting.get().type() == Boolean.class);
        String value;
        if (equals >= 0) {
            value = word.substring(equals + 1);
        } else if (flag) {
            value = "true";
        } else if (words.hasNext()) {
            value = words.next();
        } else {
            throw Failure.usage(dashed, "needs a value", "see ./kernfield help " + verb.name());
        }
        boolean isDenied = option.isPresent() && flag && !isTrue(dashed, value);
        if (!isDenied) {
            keep(name, value, option.isPresent());
        }
    }

    private static boolean isTrue(String dashed, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw Failure.usage(
                            dashed + "=" + value, "neither true nor false", "write " + dashed);
        };
    }

    /** Whether {@code --json} is among words, whatever else is. */
    static boolean asksForJson(List<String> given) {
        String json = "--" + Option.JSON.name();
        return given.stream()
                .takeWhile(word -> !word.equals("--"))
                .anyMatch(word -> word.equals(json) || word.equals(json + "=true"));
    }

    private void keep(String name, String value, boolean isOption) {
        if (name.equals(Option.SET.name())) {
            int equals = value.indexOf('=');
            if (equals < 1) {
                throw Failure.usage(
                        "--set " + value, "not of the form NAME=VALUE", "write --set name=value");
            }
            keepSetting(value.substring(0, equals).strip(), value.substring(equals + 1));
        } else if (isOption) {
            if (isRepeated(name)) {
                values.put(name, value);
                repeated.add(Map.entry(name, value));
            } else if (values.put(name, value) != null) {
                throw Failure.usage("--" + name, "given twice", "give it once");
            }
        } else {
            keepSetting(name, value);
        }
    }

    private boolean isRepeated(String name) {
        return options.stream().anyMatch(o -> o.name().equals(name) && o.repeated());
    }

    private void keepSetting(String name, String value) {
        if (settings.stream().noneMatch(s -> s.name().equals(name))) {
            var option = options.stream().filter(o -> o.name().equals(name)).findFirst();
            if (option.isPresent() && !option.get().isFlag()) {
                keep(name, value, true);
                return;
            }
            throw Failure.of(Failure.USAGE, unknownSetting(name), null);
        }
        if (set.put(name, value) != null) {
            throw Failure.usage(name, "set twice", "set it once");
        }
    }

    private String unknownSetting(String name) {
        var names = settings.stream().map(Setting::name).toList();
        return name + ": unknown setting; " + Nearest.suggestion(name, names);
    }

    private Failure unknown(String dashed) {
        var names =
                Stream.concat(
                                options.stream().map(Option::name),
                                settings.stream().map(Setting::name))
                        .distinct()
                        .map(name -> "--" + name)
                        .toList();
        return Failure.usage(
                dashed, "unknown option of " + verb.name(), Nearest.suggestion(dashed, names));
    }

    private void count() {
        List<Operand> wanted = verb.operands();
        long required = wanted.stream().filter(Operand::required).count();
        if (operands.size() < required) {
            throw Failure.usage(
                    verb.name(),
                    wanted.get(operands.size()).name() + " is missing",
                    "write ./kernfield " + Help.synopsis(verb));
        }
        if (operands.size() > wanted.size()) {
            throw Failure.usage(
                    operands.get(wanted.size()),
                    "one argument too many for " + verb.name(),
                    "write ./kernfield " + Help.synopsis(verb));
        }
    }
}
