package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.FitRequest;
import org.kernfield.shell.internal.Arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class FitOptionsTest {
    @TempDir private Path directory;

    private Map<String, String> settings(Map<String, String> given) {
        var arguments = new Arguments(List.of(), Map.of(), List.of(), given, directory);
        return FitOptions.request(FitRequest.of(directory), arguments).settings();
    }

    @Test
    void takesPathsFromWhereTheUserStands() throws IOException {
        Files.writeString(directory.resolve("start.ply"), "");
        assertThat(settings(Map.of("points", "start.ply", "writeTestViews", "views")))
                .containsEntry("points", directory.resolve("start.ply").toString())
                .containsEntry("writeTestViews", directory.resolve("views").toString());
        String elsewhere = directory.resolve("there").toAbsolutePath().toString();
        assertThat(settings(Map.of("writeTestViews", elsewhere)))
                .containsEntry("writeTestViews", elsewhere);
    }

    @Test
    void leavesPointsThatMayLieWithinTheInput() {
        assertThat(settings(Map.of("points", "sparse/points3D.ply", "testViews", "a,b")))
                .containsEntry("points", "sparse/points3D.ply")
                .containsEntry("testViews", "a,b");
    }
}
