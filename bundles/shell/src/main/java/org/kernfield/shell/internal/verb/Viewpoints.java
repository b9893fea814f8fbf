package org.kernfield.shell.internal.verb;

import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Nearest;
import org.kernfield.field.Viewing;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Ring;
import org.kernfield.scene.View;
import org.kernfield.shell.internal.Failure;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** From where a field in space is looked at: its own views, or a ring around it. */
final class Viewpoints {
    private final List<View> own;
    private final Ring ring;
    private final PictureSize asked;
    private final RingLens lens; // null for the usual one

    /**
     * @param asked size of the pictures; null for the views' own
     * @param lens of the cameras on the ring; null for the usual one
     */
    Viewpoints(FieldHandle field, PictureSize asked, RingLens lens) {
        own = field.use(Viewing.class, (viewing, compute) -> viewing.views());
        ring = field.use(Viewing.class, (viewing, compute) -> viewing.ring());
        this.asked = asked;
        this.lens = lens;
    }

    /** {@code count} views around everything. */
    List<View> orbit(int count) {
        return IntStream.range(0, count).mapToObj(k -> onRing(k, count)).toList();
    }

    private View onRing(int k, int of) {
        RingLens chosen = lens == null ? RingLens.PINHOLE : lens;
        return chosen.view(ring, k, of, asked == null ? chosen.usualSize() : asked);
    }

    /**
     * A view by its number from 0, or by the name of its picture; null for the first.
     *
     * @throws Failure if there is none, or it has a lens of its own and another is asked for
     */
    View view(String name) {
        if (own.isEmpty()) {
            return onRing(name == null ? 0 : number(name, Ring.VIEWS), Ring.VIEWS);
        }
        if (lens != null) {
            throw Failure.refused(
                    "--lens " + lens,
                    "the views of this model have lenses of their own",
                    "leave it out, or look from around with --orbit N");
        }
        View found =
                own.stream()
                        .filter(view -> isCalled(view, name))
                        .findFirst()
                        .orElseGet(() -> own.get(name == null ? 0 : number(name, own.size())));
        Camera camera = found.camera();
        return asked == null ? found : found.with(camera.scaled(asked.width(), asked.height()));
    }

    private static boolean isCalled(View view, String name) {
        return name != null
                && (view.picture().equals(name) || Path.of(view.picture()).endsWith(Path.of(name)));
    }

    private int number(String name, int count) {
        try {
            int k = Integer.parseInt(name.strip());
            if (k >= 0 && k < count) {
                return k;
            }
        } catch (NumberFormatException e) {
            // falls through to the one sentence for both
        }
        var names = own.stream().map(View::picture).toList();
        throw Failure.refused(
                "--view " + name,
                "there is no such view",
                "use a number from 0 to "
                        + (count - 1)
                        + (names.isEmpty()
                                ? ""
                                : ", or a name; " + Nearest.suggestion(name, names)));
    }
}
