package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.field.Image;
import org.kernfield.splat.Layer;

import java.util.Map;

/** What files of layers hold. */
class ShownTest {
    private static final Image DEPTHS =
            new Image(3, 2, 1, new float[] {2, 3, 4, Float.NaN, Float.NaN, 2.5f});

    private static Image picture(Image seen, Layer layer) {
        return (Image) Shown.of(seen, layer, "out.png").content();
    }

    @Test
    void numbersAreARowOfTheArrayForEachOfThePicture() {
        Shown shown = Shown.of(DEPTHS, Layer.DEPTH, "out.NPY");
        var array = (Array) shown.content();
        assertThat(array.rows()).isEqualTo(2);
        assertThat(array.width()).isEqualTo(3);
        assertThat(array.toFloats()).isEqualTo(DEPTHS.values());
        assertThat(shown.facts()).isEmpty();
    }

    @Test
    void depthsAreWhiteNearDarkFarAndBlackWhereNothingIs() {
        Image greys = picture(DEPTHS, Layer.DEPTH);
        assertThat(greys.channels()).isEqualTo(1);
        assertThat(greys.values())
                .containsExactly(new float[] {1, 0.55f, 0.1f, 0, 0, 0.775f}, within(1e-6f));
        Shown shown = Shown.of(DEPTHS, Layer.DEPTH, "out.png");
        assertThat(shown.facts()).isEqualTo(Map.of("nearest", 2.0, "farthest", 4.0));
        assertThat(shown.remark()).isEqualTo(", white at 2.000, dark at 4.000 units");
    }

    @Test
    void straySplatsDoNotSpoilTheGreys() {
        var depths = new float[1000];
        for (int k = 0; k < depths.length; k++) {
            depths[k] = k == 0 ? 0.01f : k == 1 ? 1e6f : 5 + k % 2;
        }
        Image greys = picture(new Image(100, 10, 1, depths), Layer.DEPTH);
        assertThat(greys.values()).startsWith(1f, 0.1f, 1f, 0.1f);
    }

    @Test
    void oneDistanceAloneIsAsFarAsAny() {
        var nothing = new Image(1, 1, 1, new float[] {Float.NaN});
        assertThat(picture(nothing, Layer.DEPTH).values()).containsExactly(0);
        assertThat(Shown.of(nothing, Layer.DEPTH, "x.png").facts()).isEmpty();
        var one = new Image(2, 1, 1, new float[] {7, Float.NaN});
        assertThat(picture(one, Layer.DEPTH).values()).containsExactly(0.1f, 0);
    }

    @Test
    void normalsAreColours() {
        var normals = new Image(2, 1, 3, new float[] {0, 0.6f, -0.8f, 0, 0, 0});
        assertThat(picture(normals, Layer.NORMAL).values())
                .containsExactly(new float[] {0.5f, 0.8f, 0.1f, 0.5f, 0.5f, 0.5f}, within(1e-6f));
    }

    @Test
    void coloursAndOpacitiesAreAsTheyAre() {
        var alpha = new Image(1, 1, 1, new float[] {0.25f});
        assertThat(picture(alpha, Layer.ALPHA)).isSameAs(alpha);
        assertThat(picture(DEPTHS, Layer.COLOUR)).isSameAs(DEPTHS);
        assertThat(Shown.of(alpha, Layer.ALPHA, "a.npy").content()).isInstanceOf(Array.class);
        var colour = new Image(1, 1, 3, new float[3]);
        assertThat(Shown.of(colour, Layer.COLOUR, "a.npy").content()).isSameAs(colour);
    }
}
