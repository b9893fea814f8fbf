package org.kernfield.rbf;

/** Second moments for a changed set of kernels. */
final class Moments {
    private Moments() {}

    /**
     * The moments of kernels that go on; a new kernel gets the mean of all, so that its first steps
     * are of the usual length rather than as long as the rate allows.
     */
    static float[] continued(float[] second, int width, int[] origin) {
        var mean = new double[width];
        for (int i = 0; i < second.length; i++) {
            mean[i % width] += second[i];
        }
        float[] moments = Kernels.rows(second, width, origin);
        int count = Math.max(1, second.length / width);
        for (int k = 0; k < origin.length; k++) {
            if (origin[k] < 0) {
                for (int c = 0; c < width; c++) {
                    moments[k * width + c] = (float) (mean[c] / count);
                }
            }
        }
        return moments;
    }
}
