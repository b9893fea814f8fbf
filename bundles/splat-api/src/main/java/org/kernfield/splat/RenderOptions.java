package org.kernfield.splat;

import java.util.Set;

/**
 * How splats are drawn.
 *
 * @param primitive what one splat looks like; null for the Gaussian
 * @param degree highest degree of the spherical harmonics that is read; those stored above it are
 *     passed over
 * @param background red, green, blue behind everything
 * @param near splats nearer than this are left out, in the scene's units, above 0
 * @param blur added to the variances of each projected splat, in squared pixels
 * @param isAntialiased whether opacities are lowered by what the blur adds to the area
 *     (Mip-Splatting, Yu and others 2024)
 * @param channels what is composited beside the colours
 * @param window the part of the picture that is drawn; null for all of it
 */
public record RenderOptions(
        Primitive primitive,
        int degree,
        double[] background,
        double near,
        double blur,
        boolean isAntialiased,
        Set<Channel> channels,
        Window window) {
    /** Variance of the screen-space low-pass filter, in squared pixels. */
    public static final double BLUR = 0.3;

    /** Distance of the near plane. */
    public static final double NEAR = 0.01;

    private static final int HIGHEST_DEGREE = 4;

    public RenderOptions {
        if (degree < 0 || degree > HIGHEST_DEGREE) {
            throw new IllegalArgumentException(
                    "render: spherical harmonics of degree " + degree + "; use 0 to 4");
        }
        if (background.length != 3) {
            throw new IllegalArgumentException(
                    "render: a background of " + background.length + " numbers; give 3");
        }
        if (!(near > 0 && blur > 0)) {
            throw new IllegalArgumentException(
                    "render: near plane at %s and blur of %s; give numbers above 0"
                            .formatted(near, blur));
        }
        background = background.clone();
        channels = Set.copyOf(channels);
    }

    /** Gaussians with all their colours on black, as 3DGS draws them. */
    public static RenderOptions usual() {
        return new RenderOptions(
                null, HIGHEST_DEGREE, new double[3], NEAR, BLUR, false, Set.of(), null);
    }

    public RenderOptions withPrimitive(Primitive chosen) {
        return new RenderOptions(
                chosen, degree, background, near, blur, isAntialiased, channels, window);
    }

    public RenderOptions withDegree(int highest) {
        return new RenderOptions(
                primitive, highest, background, near, blur, isAntialiased, channels, window);
    }

    public RenderOptions withBackground(double... colour) {
        return new RenderOptions(
                primitive, degree, colour, near, blur, isAntialiased, channels, window);
    }

    public RenderOptions withNear(double distance) {
        return new RenderOptions(
                primitive, degree, background, distance, blur, isAntialiased, channels, window);
    }

    public RenderOptions withBlur(double variance) {
        return new RenderOptions(
                primitive, degree, background, near, variance, isAntialiased, channels, window);
    }

    public RenderOptions withAntialiasing(boolean isOn) {
        return new RenderOptions(primitive, degree, background, near, blur, isOn, channels, window);
    }

    public RenderOptions with(Channel... more) {
        return new RenderOptions(
                primitive, degree, background, near, blur, isAntialiased, Set.of(more), window);
    }

    public RenderOptions withWindow(Window part) {
        return new RenderOptions(
                primitive, degree, background, near, blur, isAntialiased, channels, part);
    }
}
