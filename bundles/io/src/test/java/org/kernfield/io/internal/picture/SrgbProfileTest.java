package org.kernfield.io.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;

class SrgbProfileTest {
    @Test
    void knowsTheProfileOfJava() {
        assertThat(SrgbProfile.isSrgb(data(ColorSpace.CS_sRGB))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                ColorSpace.CS_LINEAR_RGB,
                ColorSpace.CS_GRAY,
                ColorSpace.CS_CIEXYZ,
                ColorSpace.CS_PYCC
            })
    void knowsNoOther(int space) {
        assertThat(SrgbProfile.isSrgb(data(space))).isFalse();
    }

    @Test
    void knowsTheProfileOfLittleCms() throws IOException {
        var profile = JpegMarkers.of(Files.readAllBytes(Fixture.file("srgb.jpg"))).profile();
        assertThat(SrgbProfile.isSrgb(profile)).isTrue();
    }

    @Test
    void takesTruncatedProfilesForOthers() {
        byte[] profile = data(ColorSpace.CS_sRGB);
        for (int length = 0; length < 400; length++) {
            assertThat(SrgbProfile.isSrgb(Arrays.copyOf(profile, length))).isFalse();
        }
    }

    private static byte[] data(int space) {
        return ICC_Profile.getInstance(space).getData();
    }
}
