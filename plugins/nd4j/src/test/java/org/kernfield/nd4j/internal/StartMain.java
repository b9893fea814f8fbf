package org.kernfield.nd4j.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.engine.Kernfield;
import org.kernfield.kernel.Kernel;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Starts ND4J in a process of its own and prints one line of how that went; then whether the engine
 * still computes. With the argument {@code twice} it starts it in two class loaders.
 */
public final class StartMain {
    private StartMain() {}

    /** Prints {@code nd4j: …} or {@code started}, then {@code engine: 5.0}. */
    public static void main(String[] arguments) throws Exception {
        boolean twice = arguments.length > 0 && arguments[0].equals("twice");
        System.out.println(start(StartMain.class.getClassLoader()));
        if (twice) {
            URL[] path =
                    Arrays.stream(System.getProperty("java.class.path").split(":"))
                            .map(StartMain::url)
                            .toArray(URL[]::new);
            try (var other = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
                System.out.println(start(other));
            }
        }
        var k = Kernel.build("sum");
        k.output("y", k.input("x").plus(k.param("p")));
        Reduction sum = Reduction.sum(k.done(), Neighbourhood.ALL);
        try (var kernfield = Kernfield.open(Files.createTempDirectory("kernfield"))) {
            Map<String, Array> y =
                    kernfield.evaluate(
                            sum, 1, Map.of("x", Array.of(1, 1f), "p", Array.of(1, 1f, 2f)));
            System.out.println("engine: " + y.get("y").get(0));
        }
        System.exit(0);
    }

    private static URL url(String file) {
        try {
            return Path.of(file).toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String start(ClassLoader loader) throws Exception {
        try {
            Class.forName("org.kernfield.nd4j.internal.Nd4jBackend", true, loader)
                    .getConstructor()
                    .newInstance();
            return "started";
        } catch (java.lang.reflect.InvocationTargetException e) {
            return e.getCause().getMessage();
        }
    }
}
