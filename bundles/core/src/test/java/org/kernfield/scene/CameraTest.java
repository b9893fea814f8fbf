package org.kernfield.scene;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.scene.Camera.Lens;

class CameraTest {
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesDistortionThatIsNotFinite(double coefficient) {
        assertThatThrownBy(
                        () ->
                                new Camera(
                                        40, 30, 50, 50, 20, 15, Lens.PERSPECTIVE, 0.1, coefficient))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "camera: distortion [0.1, " + coefficient + "]; use finite coefficients");
    }
}
