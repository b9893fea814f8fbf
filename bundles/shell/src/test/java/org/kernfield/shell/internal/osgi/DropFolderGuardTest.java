package org.kernfield.shell.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the watcher hands to the guard, it does not ask about again until the file changes. */
class DropFolderGuardTest {
    @TempDir Path temp;

    private Path jar;

    @BeforeEach
    void drop() throws IOException {
        jar = Files.writeString(temp.resolve("some.jar"), "content");
    }

    @Test
    void aSoundJarIsHandedOn() throws Exception {
        var guard = new DropFolderGuard(file -> "");
        assertThat(guard.canHandle(jar.toFile())).isTrue();
        assertThat(guard.transform(jar.toUri().toURL())).isEqualTo(jar.toUri().toURL());
    }

    @Test
    void anUnsoundJarIsRefusedForGood() {
        var guard = new DropFolderGuard(file -> "it has no manifest");
        assertThat(guard.canHandle(jar.toFile())).isTrue();
        assertThatThrownBy(() -> guard.transform(jar.toUri().toURL()))
                .isInstanceOf(IOException.class)
                .hasMessage(jar + " is not plugged in: it has no manifest");
    }

    @Test
    void aJarThatCannotBeReadIsAskedAboutAgain() {
        var guard = new DropFolderGuard(DropFolderGuardTest::unreadable);
        assertThat(guard.canHandle(jar.toFile())).isFalse();
        assertThat(guard.canHandle(jar.toFile())).isFalse();
    }

    private static String unreadable(Path file) {
        throw new UncheckedIOException(new AccessDeniedException(file.toString()));
    }
}
