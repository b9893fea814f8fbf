package org.kernfield.rbf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.kernfield.field.Model;

import java.util.Map;

class PackingTest {
    /** The largest float below a border of blocks so far out that its code rounds to the border. */
    private static final float BORDER = 18 * Blocks.SIDE;

    @Test
    void whatRoundingCarriesOverABorderStaysWhereItIs() {
        var blocks = new Blocks(12_000, 100);
        float[] centres = {20, 30, Math.nextDown(BORDER), 40, 9_300, 50, 10_000, 60};
        var kernels = new Kernels(centres, new float[12], new float[4], 1);

        Kernels rounded = Packing.rounded(kernels, blocks);
        Kernels sorted = rounded.permuted(rounded.spatialOrder(blocks));
        var model = new Model("rbf", 1, "image", Packing.pack(sorted, blocks), Map.of());
        Kernels read = Packing.unpack(model, blocks, 1);

        assertThat(blocks.of(rounded.centres()[2], 40))
                .as("the border is crossed")
                .isNotEqualTo(blocks.of(centres[2], 40));
        for (int k = 0; k < read.centres().length; k++) {
            assertThat(read.centres()[k]).isCloseTo(centres[k], offset(0.01f));
        }
    }
}
