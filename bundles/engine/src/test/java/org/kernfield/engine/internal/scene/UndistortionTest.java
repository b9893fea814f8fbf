package org.kernfield.engine.internal.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Camera.Lens;

class UndistortionTest {
    private static final double EXACT = 1e-9;

    /** The camera of the fox of instant-ngp. */
    private static final Camera FOX =
            new Camera(
                    1080,
                    1920,
                    1375.52,
                    1374.49,
                    554.558,
                    965.268,
                    Lens.PERSPECTIVE,
                    0.0578421,
                    -0.0805099,
                    -0.000980296,
                    0.00015575);

    @Test
    void findsThePixelThatTheDistortedCameraSees() {
        Undistortion straight = Undistortion.of(FOX);
        var pixel = new double[2];
        double x = 0.2;
        double y = -0.3;
        straight.source(
                straight.camera().fx() * x + straight.camera().cx(),
                straight.camera().fy() * y + straight.camera().cy(),
                pixel);
        // OpenCV's formula, worked out with r² = 0.13: radial factor 1.00615885, tangential
        // 2·p1·x·y + p2·(r² + 2x²) = 1.50343e-4 and p1·(r² + 2y²) + 2·p2·x·y = -3.22582e-4
        assertThat(pixel[0])
                .isCloseTo(1375.52 * (0.2 * 1.00615885569 + 1.5034302e-4) + 554.558, within(1e-6));
        assertThat(pixel[1])
                .isCloseTo(1374.49 * (-0.3 * 1.00615885569 - 3.2258176e-4) + 965.268, within(1e-6));
    }

    @Test
    void seesNothingThatIsNotInThePictureAndTouchesItsBorder() {
        Undistortion straight = Undistortion.of(FOX);
        var pixel = new double[2];
        double nearest = Double.POSITIVE_INFINITY;
        for (int k = 0; k <= 64; k++) {
            double u = k / 64.0 * 1080;
            double v = k / 64.0 * 1920;
            for (double[] place : new double[][] {{u, 0}, {u, 1920}, {0, v}, {1080, v}}) {
                straight.source(place[0], place[1], pixel);
                double inside =
                        Math.min(
                                Math.min(pixel[0], 1080 - pixel[0]),
                                Math.min(pixel[1], 1920 - pixel[1]));
                nearest = Math.min(nearest, inside);
            }
        }
        assertThat(nearest).isCloseTo(0, within(1e-3));
    }

    @Test
    void isFoundOnceForCamerasThatAreEqual() {
        var undistortions = new Undistortions(SceneSettings.STRAIGHTEN);
        Undistortion first = undistortions.of(FOX.scaled(540, 960));
        assertThat(undistortions.of(FOX.scaled(540, 960))).isSameAs(first);
        assertThat(undistortions.of(FOX)).isNotSameAs(first);
    }

    @Test
    void makesAFisheyeStraight() {
        var fisheye = new Camera(200, 100, 80, 80, 100, 50, Lens.FISHEYE);
        assertThat(Undistortion.isNeeded(fisheye)).isTrue();
        Undistortion straight = Undistortion.of(fisheye);
        var pixel = new double[2];
        straight.source(straight.camera().cx() + straight.camera().fx(), 50, pixel);
        // x = z is 45° off the axis
        assertThat(pixel[0]).isCloseTo(100 + 80 * Math.PI / 4, within(EXACT));
        assertThat(pixel[1]).isCloseTo(50, within(EXACT));
    }

    @Test
    void refusesADistortionThatFoldsThePictureOver() {
        var folded = new Camera(100, 100, 100, 100, 50, 50, Lens.PERSPECTIVE, -500);
        assertThatThrownBy(() -> Undistortion.of(folded))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("check the calibration");
        assertThatThrownBy(() -> new Undistortions(SceneSettings.AUTO).of(folded))
                .hasMessageContaining("leaves nothing straight to see; check the calibration");
    }

    @Test
    void reachesToWhereTheDistortionTurnsBack() {
        // r − r³/3 grows up to r = 1, where it is ⅔
        var turning = new Camera(100, 100, 90, 90, 50, 50, Lens.PERSPECTIVE, -1 / 3.0);
        assertThat(Undistortion.reach(turning)).isCloseTo(60, within(0.01));
        var fisheye = new Camera(100, 100, 90, 90, 50, 50, Lens.FISHEYE);
        assertThat(Undistortion.reach(fisheye)).isInfinite();
    }

    @Test
    void reachesNoFartherThanItsLeastDirection() {
        // along x: r − 1.5 r², largest at ⅓, where it is ⅙
        var shifted = new Camera(100, 100, 90, 90, 50, 50, Lens.PERSPECTIVE, 0, 0, 0, -0.5);
        assertThat(Undistortion.reach(shifted)).isCloseTo(15, within(0.01));
    }

    @Test
    void tellsTwiceWhereCamerasAreKeptForDifferentReasons() {
        var undistortions = new Undistortions(SceneSettings.AUTO);
        var wide = new Camera(40, 40, 40 / Math.PI, 40 / Math.PI, 20, 20, Lens.FISHEYE);
        // its corners lie beyond the plane
        var wider = new Camera(40, 40, 40 / Math.PI, 40 / Math.PI, 80, 20, Lens.FISHEYE);
        assertThat(undistortions.of(wide)).isNull();
        assertThat(undistortions.of(wider)).isNull();
        assertThat(undistortions.remarks()).hasSize(2);
        assertThat(undistortions.remarks().getFirst())
                .contains("their sampling would change up to")
                .doesNotContain("Infinity");
        assertThat(undistortions.remarks().getLast()).endsWith(": they cannot be made straight");
    }
}
