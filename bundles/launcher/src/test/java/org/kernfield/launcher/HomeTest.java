package org.kernfield.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class HomeTest {

    @TempDir Path temp;

    @Test
    void createsItsPartsWhereTheEnvironmentSays() {
        Path place = temp.resolve("a/b");
        var home = Home.open(Map.of(Home.VARIABLE, place.toString()));
        assertThat(home.root()).isEqualTo(place);
        for (String part : new String[] {"jobs", "log", "cache", "plugins"}) {
            assertThat(place.resolve(part)).isDirectory();
        }
    }

    @Test
    void refusesAFileInItsPlace() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> Home.open(Map.of(Home.VARIABLE, file.toString())))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining("set KERNFIELD_HOME");
    }
}
