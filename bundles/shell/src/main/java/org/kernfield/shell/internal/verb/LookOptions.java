package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Wants;
import org.kernfield.splat.Layer;
import org.kernfield.splat.Look;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The options that say what a picture of splats shows. */
final class LookOptions {
    private static final Option CHANNEL =
            Option.text(
                    "channel",
                    "C",
                    Wants.NOTHING,
                    "What a picture of splats shows: colour (the default), alpha, depth, normal or"
                            + " the name of a further property of the file");
    private static final Option BACKGROUND =
            Option.text(
                    "background",
                    "COLOUR",
                    Wants.NOTHING,
                    "Behind splats: white, black or R,G,B, each from 0 to 1; default the model's");
    private static final Option ANTIALIAS =
            Option.flag("antialias", "Keep splats from growing where they are small in a picture");

    static final List<Option> ALL = List.of(CHANNEL, BACKGROUND, ANTIALIAS);

    private LookOptions() {}

    private static Optional<Layer> layer(String name) {
        return Arrays.stream(Layer.values())
                .filter(layer -> layer.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** The property that is to be shown in place of colours; empty for a {@link Layer}. */
    static Optional<String> property(Arguments arguments) {
        return arguments.text(CHANNEL).filter(name -> layer(name).isEmpty());
    }

    /**
     * What is asked for.
     *
     * @throws Failure for a background that is no colour, or of what has none
     */
    static Look read(Arguments arguments) {
        String channel = arguments.text(CHANNEL).orElse(null);
        Layer layer = channel == null ? Layer.COLOUR : layer(channel).orElse(Layer.COLOUR);
        double[] background = arguments.text(BACKGROUND).map(LookOptions::colour).orElse(null);
        if (background != null && (layer != Layer.COLOUR || property(arguments).isPresent())) {
            throw Failure.refused(
                    "--background " + arguments.text(BACKGROUND).orElseThrow(),
                    "there is none behind --channel " + channel,
                    "leave one of them out");
        }
        return new Look(layer, background, arguments.has(ANTIALIAS));
    }

    private static double[] colour(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "white" -> new double[] {1, 1, 1};
            case "black" -> new double[] {0, 0, 0};
            case String numbers -> numbers(numbers, text);
        };
    }

    private static double[] numbers(String numbers, String given) {
        try {
            double[] colour =
                    Arrays.stream(numbers.split(",")).mapToDouble(Double::parseDouble).toArray();
            if (colour.length == 3 && Arrays.stream(colour).allMatch(c -> c >= 0 && c <= 1)) {
                return colour;
            }
        } catch (NumberFormatException e) {
            // falls through to the one sentence for both
        }
        throw Failure.refused(
                "--background " + given,
                "not a colour",
                "write white, black or three numbers from 0 to 1, such as 0.5,0.5,1");
    }
}
