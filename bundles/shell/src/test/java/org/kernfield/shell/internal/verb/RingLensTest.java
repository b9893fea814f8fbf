package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.scene.Ring;
import org.kernfield.scene.View;

/** Cameras of a ring with each lens. */
class RingLensTest {
    private static final Ring RING = new Ring(new double[] {1, 2, 3}, 4);
    private static final PictureSize SIZE = new PictureSize(200, 100);

    private static View view(RingLens lens) {
        return lens.view(RING, 1, 8, SIZE);
    }

    @Test
    void allLookFromTheSamePlaces() {
        View pinhole = RING.view(1, 8, 200, 100);
        for (RingLens lens : RingLens.values()) {
            View view = view(lens);
            assertThat(view.rotation()).isEqualTo(pinhole.rotation());
            assertThat(view.centre()).isEqualTo(pinhole.centre());
            Camera camera = view.camera();
            assertThat(new double[] {camera.cx(), camera.cy()}).containsExactly(100, 50);
            assertThat(new PictureSize(camera.width(), camera.height())).isEqualTo(SIZE);
        }
    }

    @Test
    void orthographicPicturesShowTheCentreAsLargeAsThePinhole() {
        Camera camera = view(RingLens.ORTHOGRAPHIC).camera();
        assertThat(camera.lens()).isEqualTo(Lens.ORTHOGRAPHIC);
        assertThat(camera.fx()).isCloseTo(view(RingLens.PINHOLE).camera().fx() / 4, within(1e-12));
        assertThat(camera.fy()).isEqualTo(camera.fx());
    }

    @Test
    void barrelsBendThePinholesPicture() {
        Camera camera = view(RingLens.BARREL).camera();
        assertThat(camera.lens()).isEqualTo(Lens.PERSPECTIVE);
        assertThat(camera.fx()).isEqualTo(view(RingLens.PINHOLE).camera().fx());
        assertThat(camera.distortion()).containsExactly(-0.3);
    }

    @Test
    void fisheyesSeeHalfATurnAcross() {
        Camera camera = view(RingLens.FISHEYE).camera();
        assertThat(camera.lens()).isEqualTo(Lens.FISHEYE);
        assertThat(camera.fx() * Math.PI / 2).isCloseTo(100, within(1e-9));
        assertThat(camera.fy()).isEqualTo(camera.fx());
    }

    @Test
    void panoramasSeeTheWholeSphere() {
        Camera camera = view(RingLens.EQUIRECTANGULAR).camera();
        assertThat(camera.lens()).isEqualTo(Lens.EQUIRECTANGULAR);
        assertThat(camera.fx() * Math.PI).isCloseTo(100, within(1e-9));
        assertThat(camera.fy() * Math.PI / 2).isCloseTo(50, within(1e-9));
        assertThat(RingLens.EQUIRECTANGULAR.usualSize()).isEqualTo(new PictureSize(1280, 640));
    }

    @Test
    void namesAreThoseThatHelpShows() {
        assertThat(RingLens.names())
                .containsExactly("pinhole", "barrel", "orthographic", "fisheye", "equirectangular");
        assertThat(RingLens.named("fisheye")).isEqualTo(RingLens.FISHEYE);
        assertThat(RingLens.named(null)).isNull();
    }
}
