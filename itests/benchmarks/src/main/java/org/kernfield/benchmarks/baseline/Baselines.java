package org.kernfield.benchmarks.baseline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the hand-written work that is named, or all: {@code baselines [NAME…]}. */
public final class Baselines {
    private Baselines() {}

    /**
     * @param args the folder of the C files, then names
     */
    public static void main(String[] args) {
        var c = NativeCode.compile(Path.of(args[0]));
        Map<String, Runnable> all = new LinkedHashMap<>();
        all.put("matvec", new Matvecs(c)::run);
        all.put("composite", new Composites(c)::run);
        all.put("field", new Fields(c)::run);
        var names = args.length > 1 ? List.of(args).subList(1, args.length) : all.keySet();
        for (String name : names) {
            if (!all.containsKey(name)) {
                System.err.println(name + ": no such baseline; there are " + all.keySet());
                System.exit(2);
            }
            all.get(name).run();
        }
    }
}
