package org.kernfield.numerics.fourier;

import org.kernfield.backend.CancelToken;

import java.util.Arrays;

/**
 * Lengths whose prime factors are 2, 3 and 5: one pass for each factor of 4, 2, 3 or 5, in an
 * arrangement in which results come out in order (T. G. Stockham, High-speed convolution and
 * correlation, AFIPS 1966).
 *
 * <p>A pass of radix r over sub-transforms of length L = r·m, of which there are s, turns each
 * r-tuple a_j = x[q + s(p + jm)] into y[q + s(rp + k)] = w^(kp) Σ_j a_j exp(−2πi jk/r), w =
 * exp(−2πi/L), for 0 ≤ q &lt; s and 0 ≤ p &lt; m.
 */
final class MixedRadix implements ComplexFft {
    private final int length;
    private final int[] factors;
    private final Roots roots;

    MixedRadix(int length) {
        this.length = length;
        factors = factors(length);
        roots = new Roots(length, length);
    }

    /** Factors 4, 2, 3 and 5, in the order of the passes; null if there are others. */
    static int[] factors(int length) {
        var factors = new int[Integer.SIZE];
        int number = 0;
        int left = length;
        for (int factor : new int[] {4, 2, 3, 5}) {
            while (left % factor == 0) {
                factors[number++] = factor;
                left /= factor;
            }
        }
        return left == 1 ? Arrays.copyOf(factors, number) : null;
    }

    @Override
    public int room() {
        return length;
    }

    @Override
    public void transform(Scratch row, CancelToken cancel) {
        int stride = 1;
        for (int factor : factors) {
            cancel.check();
            int m = length / stride / factor;
            switch (factor) {
                case 2 -> pass2(row, m, stride);
                case 3 -> pass3(row, m, stride);
                case 4 -> {
                    if (stride == 1) {
                        first4(row, m);
                    } else {
                        pass4(row, m, stride);
                    }
                }
                default -> pass5(row, m, stride);
            }
            row.swap();
            stride *= factor;
        }
    }

    private void pass2(Scratch row, int m, int s) {
        double[] xr = row.re;
        double[] xi = row.im;
        double[] yr = row.otherRe;
        double[] yi = row.otherIm;
        for (int p = 0; p < m; p++) {
            double wr = roots.re[p * s];
            double wi = roots.im[p * s];
            int a = s * p;
            int b = a + s * m;
            int to = 2 * a;
            for (int q = 0; q < s; q++) {
                double dr = xr[a + q] - xr[b + q];
                double di = xi[a + q] - xi[b + q];
                yr[to + q] = xr[a + q] + xr[b + q];
                yi[to + q] = xi[a + q] + xi[b + q];
                yr[to + s + q] = dr * wr - di * wi;
                yi[to + s + q] = dr * wi + di * wr;
            }
        }
    }

    private void pass3(Scratch row, int m, int s) {
        double half = StrictMath.sqrt(3) / 2;
        double[] xr = row.re;
        double[] xi = row.im;
        double[] yr = row.otherRe;
        double[] yi = row.otherIm;
        for (int p = 0; p < m; p++) {
            double w1r = roots.re[p * s];
            double w1i = roots.im[p * s];
            double w2r = roots.re[2 * p * s];
            double w2i = roots.im[2 * p * s];
            int a = s * p;
            int b = a + s * m;
            int c = b + s * m;
            int to = 3 * a;
            for (int q = 0; q < s; q++) {
                double sr = xr[b + q] + xr[c + q];
                double si = xi[b + q] + xi[c + q];
                double tr = xr[a + q] - 0.5 * sr;
                double ti = xi[a + q] - 0.5 * si;
                double ur = half * (xi[b + q] - xi[c + q]);
                double ui = half * (xr[c + q] - xr[b + q]);
                yr[to + q] = xr[a + q] + sr;
                yi[to + q] = xi[a + q] + si;
                yr[to + s + q] = (tr + ur) * w1r - (ti + ui) * w1i;
                yi[to + s + q] = (tr + ur) * w1i + (ti + ui) * w1r;
                yr[to + 2 * s + q] = (tr - ur) * w2r - (ti - ui) * w2i;
                yi[to + 2 * s + q] = (tr - ur) * w2i + (ti - ui) * w2r;
            }
        }
    }

    private void pass4(Scratch row, int m, int s) {
        double[] xr = row.re;
        double[] xi = row.im;
        double[] yr = row.otherRe;
        double[] yi = row.otherIm;
        for (int p = 0; p < m; p++) {
            double w1r = roots.re[p * s];
            double w1i = roots.im[p * s];
            double w2r = roots.re[2 * p * s];
            double w2i = roots.im[2 * p * s];
            double w3r = roots.re[3 * p * s];
            double w3i = roots.im[3 * p * s];
            int a = s * p;
            int b = a + s * m;
            int c = b + s * m;
            int d = c + s * m;
            int to = 4 * a;
            for (int q = 0; q < s; q++) {
                double sr = xr[a + q] + xr[c + q];
                double si = xi[a + q] + xi[c + q];
                double dr = xr[a + q] - xr[c + q];
                double di = xi[a + q] - xi[c + q];
                double tr = xr[b + q] + xr[d + q];
                double ti = xi[b + q] + xi[d + q];
                double er = xr[b + q] - xr[d + q];
                double ei = xi[b + q] - xi[d + q];
                yr[to + q] = sr + tr;
                yi[to + q] = si + ti;
                yr[to + s + q] = (dr + ei) * w1r - (di - er) * w1i;
                yi[to + s + q] = (dr + ei) * w1i + (di - er) * w1r;
                yr[to + 2 * s + q] = (sr - tr) * w2r - (si - ti) * w2i;
                yi[to + 2 * s + q] = (sr - tr) * w2i + (si - ti) * w2r;
                yr[to + 3 * s + q] = (dr - ei) * w3r - (di + er) * w3i;
                yi[to + 3 * s + q] = (dr - ei) * w3i + (di + er) * w3r;
            }
        }
    }

    /** {@link #pass4} for a stride of 1. */
    private void first4(Scratch row, int m) {
        double[] xr = row.re;
        double[] xi = row.im;
        double[] yr = row.otherRe;
        double[] yi = row.otherIm;
        for (int p = 0; p < m; p++) {
            double sr = xr[p] + xr[p + 2 * m];
            double si = xi[p] + xi[p + 2 * m];
            double dr = xr[p] - xr[p + 2 * m];
            double di = xi[p] - xi[p + 2 * m];
            double tr = xr[p + m] + xr[p + 3 * m];
            double ti = xi[p + m] + xi[p + 3 * m];
            double er = xr[p + m] - xr[p + 3 * m];
            double ei = xi[p + m] - xi[p + 3 * m];
            double w1r = roots.re[p];
            double w1i = roots.im[p];
            double w2r = roots.re[2 * p];
            double w2i = roots.im[2 * p];
            double w3r = roots.re[3 * p];
            double w3i = roots.im[3 * p];
            yr[4 * p] = sr + tr;
            yi[4 * p] = si + ti;
            yr[4 * p + 1] = (dr + ei) * w1r - (di - er) * w1i;
            yi[4 * p + 1] = (dr + ei) * w1i + (di - er) * w1r;
            yr[4 * p + 2] = (sr - tr) * w2r - (si - ti) * w2i;
            yi[4 * p + 2] = (sr - tr) * w2i + (si - ti) * w2r;
            yr[4 * p + 3] = (dr - ei) * w3r - (di + er) * w3i;
            yi[4 * p + 3] = (dr - ei) * w3i + (di + er) * w3r;
        }
    }

    private void pass5(Scratch row, int m, int s) {
        double c1 = StrictMath.cos(2 * StrictMath.PI / 5);
        double c2 = StrictMath.cos(4 * StrictMath.PI / 5);
        double s1 = StrictMath.sin(2 * StrictMath.PI / 5);
        double s2 = StrictMath.sin(4 * StrictMath.PI / 5);
        double[] xr = row.re;
        double[] xi = row.im;
        double[] yr = row.otherRe;
        double[] yi = row.otherIm;
        for (int p = 0; p < m; p++) {
            for (int q = s * p; q < s * (p + 1); q++) {
                int b = q + s * m;
                int c = b + s * m;
                int d = c + s * m;
                int e = d + s * m;
                int to = q + 4 * s * p;
                double ar = xr[b] + xr[e];
                double ai = xi[b] + xi[e];
                double br = xr[b] - xr[e];
                double bi = xi[b] - xi[e];
                double cr = xr[c] + xr[d];
                double ci = xi[c] + xi[d];
                double dr = xr[c] - xr[d];
                double di = xi[c] - xi[d];
                yr[to] = xr[q] + ar + cr;
                yi[to] = xi[q] + ai + ci;
                double tr = xr[q] + c1 * ar + c2 * cr;
                double ti = xi[q] + c1 * ai + c2 * ci;
                double ur = s1 * bi + s2 * di;
                double ui = -s1 * br - s2 * dr;
                turned(yr, yi, to + s, tr + ur, ti + ui, p * s);
                turned(yr, yi, to + 4 * s, tr - ur, ti - ui, 4 * p * s);
                tr = xr[q] + c2 * ar + c1 * cr;
                ti = xi[q] + c2 * ai + c1 * ci;
                ur = s2 * bi - s1 * di;
                ui = s1 * dr - s2 * br;
                turned(yr, yi, to + 2 * s, tr + ur, ti + ui, 2 * p * s);
                turned(yr, yi, to + 3 * s, tr - ur, ti - ui, 3 * p * s);
            }
        }
    }

    private void turned(double[] yr, double[] yi, int to, double r, double i, int root) {
        yr[to] = r * roots.re[root] - i * roots.im[root];
        yi[to] = r * roots.im[root] + i * roots.re[root];
    }
}
