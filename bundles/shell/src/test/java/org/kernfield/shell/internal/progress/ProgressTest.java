package org.kernfield.shell.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;
import org.kernfield.engine.Setbacks;
import org.kernfield.shell.internal.Console;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

class ProgressTest {
    private static JobStatus status(double fraction, double secondsLeft) {
        return new JobStatus(
                "photo-1",
                JobState.RUNNING,
                "photo.png",
                "image",
                "rbf",
                "cpu",
                0,
                412,
                Map.of("psnr", 38.214),
                34.46,
                fraction,
                5,
                secondsLeft,
                1,
                "",
                Setbacks.NONE,
                "");
    }

    @Test
    void showsMetricRateAndTimeLeft() {
        assertThat(ProgressLine.bar(status(0.5, 75), 79))
                .contains("[####")
                .contains("50 %")
                .contains("psnr 38.21 dB")
                .contains("34.5 steps/s")
                .contains("1:15 min left");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 40, 60, 79, 200})
    void staysWithinTheWidth(int width) {
        assertThat(ProgressLine.bar(status(0.3, 9), width).length()).isLessThanOrEqualTo(width);
    }

    @Test
    void writesOverItsLineOnATerminal() {
        assertThat(shown(true)).startsWith("\r[").doesNotContain("\n").endsWith("\r");
    }

    @Test
    void writesPlainLinesElsewhere() {
        assertThat(shown(false))
                .isEqualToNormalizingNewlines(
                        "photo-1: 50 %, psnr 38.21 dB, 34.5 steps/s, 9 s left\n");
    }

    private static String shown(boolean terminal) {
        var bytes = new ByteArrayOutputStream();
        var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (var progress = new Progress(new Console(err, err, terminal, () -> 80, Path.of("")))) {
            progress.show(status(0.5, 9));
            progress.show(status(0.5, 9));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
