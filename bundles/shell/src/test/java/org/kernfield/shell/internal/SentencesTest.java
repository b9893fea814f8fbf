package org.kernfield.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.field.SettingException;
import org.kernfield.format.FormatException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

class SentencesTest {
    private static String sentence(Throwable thrown) {
        return Sentences.of(thrown, "in/photo.png").getMessage();
    }

    @Test
    void namesAMissingFile() {
        assertThat(sentence(new NoSuchFileException("in/photo.png")))
                .isEqualTo("in/photo.png: there is no such file; check the path");
    }

    @Test
    void saysThatTheDiskIsFull() {
        assertThat(sentence(new IOException("No space left on device")))
                .startsWith("in/photo.png: the disk is full; ");
        assertThat(sentence(new FileSystemException("x", null, "No space left on device")))
                .contains("the disk is full; ");
    }

    @Test
    void saysThatPermissionIsMissing() {
        assertThat(sentence(new AccessDeniedException("/root/x")))
                .startsWith("/root/x: permission denied; ");
    }

    @Test
    void namesTheFileWhereACodecDoesNot() {
        assertThat(sentence(new FormatException("the header is cut off; get the file again")))
                .isEqualTo("in/photo.png: the header is cut off; get the file again");
        assertThat(sentence(new FormatException("photo.png: cut off; get it again")))
                .isEqualTo("photo.png: cut off; get it again");
    }

    @Test
    void tellsUnknownSettingsFromUnfitValues() {
        assertThat(Sentences.of(new SettingException("a: unknown setting; did…"), "x").status())
                .isEqualTo(Failure.USAGE);
        assertThat(Sentences.of(new SettingException("a = -5: out of range"), "x").status())
                .isEqualTo(Failure.REFUSED);
    }

    @Test
    void callsAFaultAFault() {
        assertThat(sentence(new NullPointerException()))
                .startsWith("in/photo.png: java.lang.NullPointerException; this is a fault");
    }

    @Test
    void saysHowToGetMoreMemory() {
        assertThat(sentence(new OutOfMemoryError("Java heap space")))
                .contains("memory")
                .contains("KERNFIELD_JVM_OPTIONS");
    }
}
