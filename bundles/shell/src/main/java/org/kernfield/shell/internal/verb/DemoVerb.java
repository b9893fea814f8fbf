package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.demo.Scene;

import java.nio.file.Path;
import java.util.Map;

/** Shows what Kernfield does without needing a file, and a plugin dropped in meanwhile. */
public final class DemoVerb implements Verb {
    private static final int WIDTH = 512;
    private static final int HEIGHT = 384;
    private static final double SECONDS = 12;
    private static final String SCENE = "kernfield-demo.png";

    private final Engine engine;
    private final Surroundings surroundings;

    public DemoVerb(Engine engine, Surroundings surroundings) {
        this.engine = engine;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String summary() {
        return "Draw a small scene and fit it, no file needed";
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        Path input = arguments.directory().resolve(SCENE);
        Staging.check(input);
        FitOptions.require("backend", null, engine.backends());
        FitOptions.require("representation", null, engine.representations());
        console.err().println("Drawing a scene of " + WIDTH + " × " + HEIGHT + " pixels: " + input);
        var scene = Scene.render(WIDTH, HEIGHT);
        engine.write(scene, input);
        var fitting = new Fitting(engine, console);
        Job job = engine.submit(FitRequest.of(input).seconds(SECONDS));
        Outputs outputs = FitVerb.named(job, input, arguments.directory());
        console.err()
                .printf("Fitting %s to it for %.0f s%n", job.status().representation(), SECONDS);
        try (var sample = new SamplePlugin(engine, surroundings)) {
            fitting.follow(job, sample::show);
        }
        return new Demonstrated(fitting.write(job, outputs, scene), input);
    }

    /** The fit, and what to try next. */
    private record Demonstrated(FitReport fit, Path scene) implements Reply {
        @Override
        public Map<String, ?> fields() {
            return fit.fields();
        }

        @Override
        public String text() {
            return """
            %s

            Next:
              ./kernfield fit YOUR_PHOTO
              ./kernfield fit %s --seconds 30 --parameters 100000
              ./kernfield render %s --size 2048x1536 --out large.png
              ./kernfield help\
            """
                    .formatted(fit.text(), scene, fit.outputs().model());
        }
    }
}
