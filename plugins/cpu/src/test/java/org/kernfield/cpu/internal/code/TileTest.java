package org.kernfield.cpu.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.kernel.Precision;

import java.util.SplittableRandom;

/** Blocks of a tile beside a search through its pixels. */
class TileTest {
    @ParameterizedTest
    @EnumSource
    void namesTheBlocksThatABoxMeets(Precision precision) {
        var tile = Tile.of(precision);
        var random = new SplittableRandom(7);
        for (int round = 0; round < 500; round++) {
            int x0 = random.nextInt(Tile.WIDTH);
            int x1 = random.nextInt(x0 + 1, Tile.WIDTH + 1);
            int y0 = random.nextInt(Tile.HEIGHT);
            int y1 = random.nextInt(y0 + 1, Tile.HEIGHT + 1);
            long expected = 0;
            for (int y = y0; y < y1; y++) {
                for (int x = x0; x < x1; x++) {
                    expected |= 1L << y / tile.rows * tile.across + x / tile.lanes;
                }
            }
            assertThat(tile.blocks(x0, x1, y0, y1)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void startsEachBlockAtItsFirstPixel(Precision precision) {
        var tile = Tile.of(precision);
        for (int block = 0; block < tile.across * Tile.HEIGHT / tile.rows; block++) {
            int start = tile.start(block);
            int x = start % Tile.WIDTH;
            int y = start / Tile.WIDTH;
            assertThat(tile.blocks(x, x + 1, y, y + 1)).isEqualTo(1L << block);
            assertThat(x % tile.lanes + y % tile.rows).isZero();
        }
    }
}
