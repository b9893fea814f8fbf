package org.kernfield.shell.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SceneTest {
    @Test
    void drawsTheSamePictureEachTime() {
        assertThat(Scene.render(48, 36).values()).isEqualTo(Scene.render(48, 36).values());
    }

    @Test
    void hasContrastAndColour() {
        var image = Scene.render(64, 48);
        double low = 1;
        double high = 0;
        double colour = 0;
        for (int k = 0; k < image.values().length; k += 3) {
            double red = image.values()[k];
            double blue = image.values()[k + 2];
            low = Math.min(low, red);
            high = Math.max(high, red);
            colour = Math.max(colour, Math.abs(red - blue));
        }
        assertThat(low).isLessThan(0.15);
        assertThat(high).isGreaterThan(0.9);
        assertThat(colour).isGreaterThan(0.4);
    }

    @Test
    void keepsItsShapesWithinTheirBall() {
        for (double x = -4; x <= 4; x += 0.25) {
            for (double z = -4; z <= 4; z += 0.25) {
                for (double y = 0; y <= 4; y += 0.25) {
                    var p = new Vector(x, y, z);
                    if (p.minus(Shapes.CENTRE).length() > Shapes.RADIUS) {
                        assertThat(Shapes.distance(p)).isPositive();
                    }
                }
            }
        }
    }
}
