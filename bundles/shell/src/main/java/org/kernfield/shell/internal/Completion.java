package org.kernfield.shell.internal;

import org.kernfield.engine.Engine;
import org.kernfield.engine.JobStatus;
import org.kernfield.engine.Plugin;
import org.kernfield.field.Setting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What can be typed next, derived from verbs, settings and what is there at the moment. */
public final class Completion {
    private final Dispatcher dispatcher;
    private final Engine engine;

    public Completion(Dispatcher dispatcher, Engine engine) {
        this.dispatcher = dispatcher;
        this.engine = engine;
    }

    /**
     * Something that can be typed.
     *
     * @param value the whole word
     * @param doc a few words, or empty
     * @param finished whether a blank may follow
     */
    public record Word(String value, String doc, boolean finished) {
        private static Word of(String value) {
            return new Word(value, "", true);
        }
    }

    /** The options of a verb: its own, and the settings of the representations. */
    public List<Word> options(String name) {
        Verb verb = dispatcher.find(name);
        var words = new ArrayList<Word>();
        verb.allOptions().forEach(o -> words.add(dashed(o.setting())));
        verb.settings(null).forEach(s -> words.add(dashed(s)));
        return words;
    }

    private static Word dashed(Setting<?> setting) {
        return new Word("--" + setting.name(), setting.doc(), true);
    }

    /**
     * What may stand after {@code words}.
     *
     * @param words verb first; the word to complete is not among them
     * @param begun the word to complete as far as it is typed
     * @param directory what relative file names are relative to
     */
    public List<Word> words(List<String> words, String begun, Path directory) {
        Verb verb = dispatcher.find(words.getFirst());
        String last = words.getLast();
        if (words.size() > 1 && last.startsWith("--")) {
            String name = last.substring(2);
            for (Option option : verb.allOptions()) {
                if (option.name().equals(name) && !option.isFlag()) {
                    return wanted(verb, option.wants(), begun, directory);
                }
            }
            for (Setting<?> setting : verb.settings(null)) {
                if (setting.name().equals(name) && setting.type() != Boolean.class) {
                    return choices(setting, "");
                }
            }
        }
        int place = operandsIn(verb, words);
        return place < verb.operands().size()
                ? wanted(verb, verb.operands().get(place).wants(), begun, directory)
                : List.of();
    }

    /** How many operands are there already; an option's value is none. */
    private static int operandsIn(Verb verb, List<String> words) {
        int operands = 0;
        for (int k = 1; k < words.size(); k++) {
            String word = words.get(k);
            if (!word.startsWith("-")) {
                operands++;
            } else if (!word.contains("=") && takesValue(verb, word)) {
                k++;
            }
        }
        return operands;
    }

    private static boolean takesValue(Verb verb, String dashed) {
        return verb.allOptions().stream()
                        .anyMatch(o -> dashed.equals("--" + o.name()) && !o.isFlag())
                || verb.settings(null).stream()
                        .anyMatch(s -> dashed.equals("--" + s.name()) && s.type() != Boolean.class);
    }

    private List<Word> wanted(Verb verb, Wants wants, String begun, Path directory) {
        return switch (wants) {
            case NOTHING -> List.of();
            case FILE -> files(begun, directory);
            case REPRESENTATION -> named(engine.representations());
            case BACKEND -> named(engine.backends());
            case JOB -> engine.jobs().stream().map(JobStatus::id).map(Word::of).toList();
            case VERB -> dispatcher.verbs().stream().map(Verb::name).map(Word::of).toList();
            case SETTING -> settings(verb, begun);
        };
    }

    private static List<Word> named(List<Plugin> plugins) {
        return plugins.stream().map(p -> new Word(p.name(), p.why(), true)).toList();
    }

    /** {@code name=}, and after it the choices. */
    private static List<Word> settings(Verb verb, String begun) {
        var words = new ArrayList<Word>();
        for (Setting<?> setting : verb.settings(null)) {
            String prefix = setting.name() + "=";
            if (begun.startsWith(prefix)) {
                words.addAll(choices(setting, prefix));
            } else {
                words.add(new Word(prefix, setting.doc(), false));
            }
        }
        return words;
    }

    private static List<Word> choices(Setting<?> setting, String prefix) {
        return setting.choices().stream().map(c -> Word.of(prefix + c)).toList();
    }

    private static List<Word> files(String begun, Path directory) {
        int slash = begun.lastIndexOf('/') + 1;
        String shown = begun.substring(0, slash);
        boolean hidden = begun.startsWith(".", slash);
        try (Stream<Path> files = Files.list(directory.resolve(shown))) {
            return files.filter(f -> hidden || !f.getFileName().toString().startsWith("."))
                    .sorted()
                    .map(f -> file(shown + f.getFileName(), Files.isDirectory(f)))
                    .toList();
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }

    private static Word file(String name, boolean isDirectory) {
        return isDirectory ? new Word(name + "/", "", false) : Word.of(name);
    }
}
