package org.kernfield.shell.internal.verb;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.scene.Splats;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Wants;
import org.kernfield.splat.edit.Choice;
import org.kernfield.splat.edit.Decimation;
import org.kernfield.splat.edit.Degree;
import org.kernfield.splat.edit.Edit;
import org.kernfield.splat.edit.Floaters;
import org.kernfield.splat.edit.Merge;
import org.kernfield.splat.edit.Ordering;
import org.kernfield.splat.edit.Region;
import org.kernfield.splat.edit.Transform;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The edits that options name.
 *
 * @param reader of scenes to merge, by the name that was given
 * @param workers for what takes long
 * @param cancel polled meanwhile
 */
record SplatEdits(Function<String, Splats> reader, Workers workers, CancelToken cancel) {
    private static final String BOX = "X0,Y0,Z0,X1,Y1,Z1";
    private static final String BALL = "X,Y,Z,R";

    static final List<Option> OPTIONS =
            List.of(
                    step("crop-box", BOX, "Keep what lies in a box"),
                    step("crop-ball", BALL, "Keep what lies in a ball"),
                    step("cut-box", BOX, "Drop what lies in a box"),
                    step("cut-ball", BALL, "Drop what lies in a ball"),
                    step(
                            "filter",
                            "EXPR",
                            "Keep where a condition holds, such as 'opacity > 0.1 and scale <"
                                    + " 0.5'"),
                    step("floaters", "DEVIATIONS", "Drop splats far from their neighbours; try 6"),
                    step("translate", "X,Y,Z", "Shift, in the units of the scene"),
                    step("rotate", "X,Y,Z,DEGREES", "Turn about an axis through the origin"),
                    step("scale", "FACTOR", "Change the size about the origin"),
                    Option.repeated("merge", "FILE", Wants.FILE, "Add the splats of another file"),
                    step("decimate", "COUNT|SHARE%", "Merge neighbours until so many are left"),
                    step("degree", "DEGREE", "Drop colours of higher degrees"),
                    step("morton", "", "Sort along a space-filling curve"));

    private static Option step(String name, String placeholder, String doc) {
        return Option.repeated(name, placeholder, Wants.NOTHING, doc);
    }

    /**
     * The splats after what {@code --name value} means.
     *
     * @throws Failure naming the option, for a value that does not fit
     */
    Splats applied(String name, String value, Splats splats) {
        String given = shown(name, value);
        try {
            return edit(name, value, splats.count(), given).apply(splats);
        } catch (IllegalArgumentException e) {
            throw Failure.of(Failure.REFUSED, given + ": " + e.getMessage(), e);
        }
    }

    /** As it may be typed. */
    static String shown(String name, String value) {
        boolean isFlag = OPTIONS.stream().anyMatch(o -> o.name().equals(name) && o.isFlag());
        return isFlag ? "--" + name : "--" + name + " " + value;
    }

    private Edit edit(String name, String value, int count, String given) {
        return switch (name) {
            case "crop-box" -> Choice.inside(box(given, value));
            case "crop-ball" -> Choice.inside(ball(given, value));
            case "cut-box" -> Choice.outside(box(given, value));
            case "cut-ball" -> Choice.outside(ball(given, value));
            case "filter" -> Choice.where(value);
            case "floaters" ->
                    new Floaters(
                            Floaters.NEIGHBOURS,
                            numbers(given, value, "DEVIATIONS")[0],
                            workers,
                            cancel);
            case "translate" -> {
                double[] t = numbers(given, value, "X,Y,Z");
                yield Transform.translation(t[0], t[1], t[2]);
            }
            case "rotate" -> {
                double[] r = numbers(given, value, "X,Y,Z,DEGREES");
                yield Transform.rotation(Arrays.copyOf(r, 3), Math.toRadians(r[3]));
            }
            case "scale" -> Transform.scaling(numbers(given, value, "FACTOR")[0]);
            case "merge" -> {
                Splats other = reader.apply(value);
                yield splats -> Merge.of(List.of(splats, other));
            }
            case "decimate" -> new Decimation(wanted(given, value, count), workers, cancel);
            case "degree" -> Degree.atMost(degree(given, value));
            case "morton" -> Ordering::morton;
            default -> throw new IllegalStateException("no edit is called " + name);
        };
    }

    private static Region box(String given, String value) {
        double[] corners = numbers(given, value, BOX);
        return new Region.Box(Arrays.copyOfRange(corners, 0, 3), Arrays.copyOfRange(corners, 3, 6));
    }

    private static Region ball(String given, String value) {
        double[] ball = numbers(given, value, BALL);
        return new Region.Ball(Arrays.copyOf(ball, 3), ball[3]);
    }

    private static int degree(String given, String value) {
        double degree = numbers(given, value, "DEGREE")[0];
        if (Math.rint(degree) != degree) {
            throw Failure.refused(given, "no whole number", "give 0 to " + Splats.MAX_DEGREE);
        }
        return (int) degree;
    }

    private static int wanted(String given, String value, int count) {
        boolean isShare = value.endsWith("%");
        String number = isShare ? value.substring(0, value.length() - 1) : value;
        double wanted = numbers(given, number, "COUNT|SHARE%")[0];
        return (int)
                Math.min(Integer.MAX_VALUE, isShare ? Math.rint(count * wanted / 100) : wanted);
    }

    /** As many numbers as the form has parts; a corner of a box may be inf or -inf. */
    private static double[] numbers(String given, String value, String form) {
        String[] words = value.split("[,\\s]+");
        var numbers = new double[words.length];
        try {
            for (int k = 0; k < words.length; k++) {
                String word = words[k].strip();
                numbers[k] = Double.parseDouble(word.replaceFirst("^([+-]?)inf$", "$1Infinity"));
            }
        } catch (NumberFormatException e) {
            throw Failure.refused(given, "not of the form " + form, "give numbers and commas");
        }
        int parts = form.split(",").length;
        if (numbers.length != parts) {
            throw Failure.refused(
                    given,
                    numbers.length + " numbers where " + parts + " are needed",
                    "write " + form);
        }
        return numbers;
    }
}
