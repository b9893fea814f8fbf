package org.kernfield.io.internal.picture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.io.internal.Fixtures;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Nobody makes room for a profile that the file cannot hold. */
class ProfileClaimsTest {
    private static final int CLAIMED = 0x080001DC;

    private static byte[] profile(int claimed) {
        var profile = ByteBuffer.allocate(128).putInt(0, claimed);
        profile.position(36).put("acsp".getBytes(StandardCharsets.US_ASCII));
        return profile.array();
    }

    private static byte[] webp(int claimed) {
        byte[] profile = profile(claimed);
        var file = ByteBuffer.allocate(12 + 8 + 10 + 8 + profile.length);
        file.order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
        file.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).put(new byte[10]);
        file.put("ICCP".getBytes(StandardCharsets.US_ASCII)).putInt(profile.length).put(profile);
        return file.array();
    }

    /** With a resource of an odd name and an odd length before it. */
    private static byte[] psd(int claimed) {
        byte[] plain = Fixtures.psd();
        byte[] profile = profile(claimed);
        var resources = ByteBuffer.allocate(4 + 2 + 4 + 4 + 4 + 4 + 2 + 2 + 4 + profile.length);
        resources.put("8BIM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1005);
        resources.put((byte) 2).put(new byte[] {'a', 'b', 0}).putInt(3).putInt(0);
        resources.put("8BIM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1039);
        resources.putShort((short) 0).putInt(profile.length).put(profile);
        var file = ByteBuffer.allocate(plain.length + resources.capacity());
        file.put(plain, 0, 30).putInt(resources.capacity()).put(resources.array());
        return file.put(plain, 34, plain.length - 34).array();
    }

    @Test
    void whatIsClaimedIsComparedWithWhatIsThere() {
        assertThatThrownBy(() -> ProfileClaims.check(PictureFormat.WEBP, webp(CLAIMED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("its colour profile claims 134,218,204 bytes, and the file has 166");
        assertThatThrownBy(() -> ProfileClaims.check(PictureFormat.WEBP, webp(-1)))
                .hasMessageContaining("4,294,967,295 bytes");
        assertThatThrownBy(() -> ProfileClaims.check(PictureFormat.PSD, psd(CLAIMED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("134,218,204 bytes");
    }

    @Test
    void honestProfilesAndFilesWithoutOnePass() {
        assertThatCode(() -> ProfileClaims.check(PictureFormat.WEBP, webp(128)))
                .doesNotThrowAnyException();
        assertThatCode(() -> ProfileClaims.check(PictureFormat.PSD, psd(128)))
                .doesNotThrowAnyException();
        assertThatCode(() -> ProfileClaims.check(PictureFormat.PSD, Fixtures.psd()))
                .doesNotThrowAnyException();
        assertThatCode(() -> ProfileClaims.check(PictureFormat.PSD, new byte[20]))
                .doesNotThrowAnyException();
    }
}
