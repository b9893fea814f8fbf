package org.kernfield.testkit;

import java.net.URL;
import java.net.URLClassLoader;

/** Loads the classes of one plugin's jar or folder anew, as a bundle that came again has them. */
final class PluginLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final String plugin;

    /**
     * @param plugin a public class with a public constructor without arguments
     */
    PluginLoader(Class<?> plugin) {
        super(
                new URL[] {plugin.getProtectionDomain().getCodeSource().getLocation()},
                plugin.getClassLoader());
        this.plugin = plugin.getName();
    }

    /** The plugin once more. */
    Object instance() {
        try {
            return loadClass(plugin).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(
                    plugin + ": cannot be made as ServiceLoader would: " + e.getMessage(), e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            if (findResource(name.replace('.', '/') + ".class") != null) {
                return findClass(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
