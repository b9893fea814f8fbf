package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Results that do not fit on the disk: a small file system in memory, mounted in a name space that
 * only this test's processes see and that goes with them.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    private static final String SCRIPT =
            """
            place=$1; size=$2; shift 2
            mount -t tmpfs -o size=$size tmpfs "$place" || exit 99
            echo old >"$place/m.safetensors"
            "$@"
            echo "status $?"
            echo "old $(cat "$place/m.safetensors")"
            echo "files $(ls -A "$place" | tr '\\n' ' ')"
            """;

    @TempDir Path temp;

    @Test
    void aFullDiskIsRefusedTheOldFileIsIntactAndTheModelIsKept() throws Exception {
        var kernfield = new Kernfield(temp.resolve("home"));
        Path place = Files.createDirectory(temp.resolve("small"));
        assumeTrue(
                on(kernfield, place, "16k", "true").out().contains("status 0"),
                "no small disk can be mounted here (unshare -rm, mount -t tmpfs)");
        Path picture = Pictures.waves(temp.resolve("waves.png"), 150, 150);

        Ended end =
                on(
                        kernfield,
                        place,
                        "16k",
                        Kernfield.distribution().resolve("bin/kernfield").toString(),
                        "fit",
                        picture.toString(),
                        "--kernels",
                        "50",
                        "--steps",
                        "2",
                        "--out",
                        place.resolve("m.safetensors").toString());
        assertThat(end.out()).contains("status 1", "old old").contains("files m.safetensors \n");
        assertThat(end.complaints())
                .singleElement()
                .asString()
                .contains("m.safetensors: the disk is full; the model is kept in");
        assertThat(temp.resolve("home/kept/waves-1.safetensors")).isNotEmptyFile();
    }

    private static Ended on(Kernfield kernfield, Path place, String size, String... command)
            throws Exception {
        var words = new ArrayList<>(List.of("env", "unshare", "-rm", "sh", "-c", SCRIPT, "sh"));
        words.addAll(List.of(place.toString(), size));
        words.addAll(List.of(command));
        return kernfield.execute(words).end();
    }
}
