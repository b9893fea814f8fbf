package org.kernfield.splat.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Random;

class HarmonicsTest {
    private static double[] direction(Random random) {
        double x = random.nextGaussian();
        double y = random.nextGaussian();
        double z = random.nextGaussian();
        double r = Math.sqrt(x * x + y * y + z * z);
        return new double[] {x / r, y / r, z / r};
    }

    private static double[] at(double[] d) {
        var values = new double[25];
        Harmonics.evaluate(4, d[0], d[1], d[2], values);
        return values;
    }

    /** The polynomials and constants of Kerbl et al. 2023, as everybody's splat files mean them. */
    @Test
    void areThoseOfGaussianSplattingUpToDegreeThree() {
        double[] d = direction(new Random(1));
        double x = d[0];
        double y = d[1];
        double z = d[2];
        double[] expected = {
            0.28209479177387814,
            -0.4886025119029199 * y,
            0.4886025119029199 * z,
            -0.4886025119029199 * x,
            1.0925484305920792 * x * y,
            -1.0925484305920792 * y * z,
            0.31539156525252005 * (2 * z * z - x * x - y * y),
            -1.0925484305920792 * x * z,
            0.5462742152960396 * (x * x - y * y),
            -0.5900435899266435 * y * (3 * x * x - y * y),
            2.890611442640554 * x * y * z,
            -0.4570457994644658 * y * (4 * z * z - x * x - y * y),
            0.3731763325901154 * z * (2 * z * z - 3 * x * x - 3 * y * y),
            -0.4570457994644658 * x * (4 * z * z - x * x - y * y),
            1.445305721320277 * z * (x * x - y * y),
            -0.5900435899266435 * x * (x * x - 3 * y * y)
        };
        double[] values = at(d);
        for (int k = 0; k < expected.length; k++) {
            assertThat(values[k]).as("function %d", k).isCloseTo(expected[k], within(1e-14));
        }
    }

    /** Σ_m Y_lm(a) Y_lm(b) = (2l + 1)/4π · P_l(a·b), DLMF 14.30.9. */
    @Test
    void obeyTheAdditionTheorem() {
        var random = new Random(2);
        double[] a = direction(random);
        double[] b = direction(random);
        double t = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        double[] legendre = {
            1,
            t,
            (3 * t * t - 1) / 2,
            (5 * t * t * t - 3 * t) / 2,
            (35 * t * t * t * t - 30 * t * t + 3) / 8
        };
        double[] atA = at(a);
        double[] atB = at(b);
        for (int l = 0; l <= 4; l++) {
            double sum = 0;
            for (int k = l * l; k < (l + 1) * (l + 1); k++) {
                sum += atA[k] * atB[k];
            }
            double expected = (2 * l + 1) / (4 * Math.PI) * legendre[l];
            assertThat(sum).as("degree %d", l).isCloseTo(expected, within(1e-14));
        }
    }
}
