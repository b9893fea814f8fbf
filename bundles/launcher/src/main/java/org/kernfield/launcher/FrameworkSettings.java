package org.kernfield.launcher;

import org.osgi.framework.Constants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The framework's configuration: our settings, then {@code etc/kernfield.properties} over them. */
final class FrameworkSettings {

    /** The level every bundle of the distribution has been started at. */
    static final int START_LEVEL = 10;

    /** The watcher's own level: plugins of a higher one would wait until it has started. */
    private static final int PLUGIN_LEVEL = 4;

    /** How often the drop folders are looked at, in milliseconds. */
    private static final int POLL = 400;

    private static final String SLF4J = "2.0.17";

    /** Packages of the class path that bundles may import: one logging world, below all bundles. */
    private static final String SYSTEM_PACKAGES =
            Stream.of("", ".event", ".helpers", ".spi")
                            .map(p -> "org.slf4j" + p + ";version=\"" + SLF4J + "\"")
                            .collect(Collectors.joining(","))
                    + ",org.slf4j;version=\"1.7.36\""
                    + ",org.slf4j.helpers;version=\"1.7.36\""
                    + ",org.osgi.service.log;version=\"1.5.0\"";

    private FrameworkSettings() {}

    static Map<String, Object> of(
            Distribution distribution, Home home, FrameworkCache cache, Mode mode) {
        var settings = new HashMap<String, Object>();
        settings.put(Constants.FRAMEWORK_STORAGE, cache.directory().toString());
        settings.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, String.valueOf(START_LEVEL));
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SYSTEM_PACKAGES);
        // the storage belongs to this process, so nobody else can hold its lock
        settings.put("felix.cache.locking", "false");
        settings.put("felix.cache.rootdir", cache.directory().toString());
        settings.put("felix.log.logger", new FrameworkLog());

        settings.put("felix.fileinstall.dir", watched(distribution, home));
        settings.put("felix.fileinstall.poll", String.valueOf(POLL));
        // the first look happens while the bundle starts: no command runs before the plugins do
        settings.put("felix.fileinstall.noInitialDelay", "true");
        settings.put("felix.fileinstall.start.level", String.valueOf(PLUGIN_LEVEL));
        settings.put("felix.fileinstall.tmpdir", cache.directory().resolve("drop").toString());
        settings.put("felix.fileinstall.enableConfigSave", "false");
        settings.put("felix.fileinstall.log.level", "2");

        settings.put("felix.cm.dir", cache.directory().resolve("config").toString());
        settings.put("gosh.home", distribution.root().toString());

        settings.put(Services.DISTRIBUTION, distribution.root().toString());
        settings.put(Services.HOME, home.root().toString());
        settings.put(Services.MODE, mode.label());
        settings.putAll(given(distribution.etc().resolve("kernfield.properties")));
        return settings;
    }

    /** Configuration first: a plugin then starts with its settings instead of being rebuilt. */
    private static String watched(Distribution distribution, Home home) {
        return Stream.of(distribution.etc(), distribution.plugins(), home.plugins())
                .map(Path::toString)
                .collect(Collectors.joining(","));
    }

    private static Map<String, String> given(Path file) {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new Refusal(
                    file.toString(),
                    "it cannot be read as properties (" + e.getMessage() + ")",
                    "correct or remove it",
                    e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(k -> k, properties::getProperty));
    }
}
