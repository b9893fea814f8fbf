package org.kernfield.shell.internal.verb;

import org.kernfield.scene.Camera;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.scene.Ring;
import org.kernfield.scene.View;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lenses for the cameras of a ring, all of which look from the same places. */
enum RingLens {
    PINHOLE,
    /** The pinhole's picture as the lens of a wide-angle camera bends it. */
    BARREL,
    /** Shows what is as far away as the ring's centre as large as the pinhole does. */
    ORTHOGRAPHIC,
    /** Half a turn from the left edge to the right one. */
    FISHEYE,
    /** The whole sphere. */
    EQUIRECTANGULAR;

    /** The first coefficient of {@link #BARREL}; its corners move inward by 9 % at 16 to 9. */
    private static final double BARREL_DISTORTION = -0.3;

    private static final PictureSize USUAL = new PictureSize(1280, 720);
    private static final PictureSize TWICE_AS_WIDE = new PictureSize(1280, 640);

    static List<String> names() {
        return Arrays.stream(values()).map(RingLens::toString).toList();
    }

    /** One of {@link #names}; null for null. */
    static RingLens named(String name) {
        return name == null ? null : valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Pixels where nobody asks for others. */
    PictureSize usualSize() {
        return this == EQUIRECTANGULAR ? TWICE_AS_WIDE : USUAL;
    }

    /** View {@code k} of {@code of}, see {@link Ring#view}. */
    View view(Ring ring, int k, int of, PictureSize size) {
        View pinhole = ring.view(k, of, size.width(), size.height());
        Camera camera = pinhole.camera();
        double unit = camera.fx() / ring.radius();
        double radian = size.width() / Math.PI;
        return switch (this) {
            case PINHOLE -> pinhole;
            case BARREL -> pinhole.with(barrel(camera));
            case ORTHOGRAPHIC -> pinhole.with(camera(size, unit, unit, Lens.ORTHOGRAPHIC));
            case FISHEYE -> pinhole.with(camera(size, radian, radian, Lens.FISHEYE));
            case EQUIRECTANGULAR ->
                    pinhole.with(
                            camera(
                                    size,
                                    radian / 2,
                                    size.height() / Math.PI,
                                    Lens.EQUIRECTANGULAR));
        };
    }

    private static Camera barrel(Camera pinhole) {
        return new Camera(
                pinhole.width(),
                pinhole.height(),
                pinhole.fx(),
                pinhole.fy(),
                pinhole.cx(),
                pinhole.cy(),
                pinhole.lens(),
                BARREL_DISTORTION);
    }

    private static Camera camera(PictureSize size, double fx, double fy, Lens lens) {
        return new Camera(
                size.width(), size.height(), fx, fy, size.width() / 2.0, size.height() / 2.0, lens);
    }

    /** As it is given. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
