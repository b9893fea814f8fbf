package org.kernfield.splat.render;

import org.kernfield.backend.Compositing;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Vec;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.splat.Channel;
import org.kernfield.splat.Primitive;

/**
 * The reductions of one variant. Depths stand apart from the rest because nothing is differentiated
 * by them, colours because they change with the degree of the harmonics.
 *
 * @param depth map to {@link #DEPTH}
 * @param projection map to centre, shape, opacity and the channels' numbers
 * @param colour map to {@link #COLOUR}
 * @param composite over the pixels' centres {@link #PIXEL}
 */
record SplatKernels(Reduction depth, Reduction projection, Reduction colour, Reduction composite) {
    static final String PIXEL = "pixel";
    static final String DEPTH = "depth";
    static final String CENTRE = "centre";
    static final String SHAPE = "shape";
    static final String OPACITY = "opacity";
    static final String COLOUR = "colour";
    static final String EXTENT = "extent";

    /** The composited colours. */
    static final String PAINTED = "painted";

    private static final Compositing COMPOSITING = new Compositing("alpha", DEPTH);

    static SplatKernels of(Variant variant, Primitive primitive) {
        Kernel projection = projection(variant, primitive);
        int shape = projection.outputs().get(1).width();
        return new SplatKernels(
                Reduction.map(depth(variant)),
                Reduction.map(projection),
                Reduction.map(colour(variant)),
                Reduction.composite(
                        composite(variant, primitive, shape), Neighbourhood.TILES, COMPOSITING));
    }

    private static Kernel depth(Variant variant) {
        var k = Kernel.build("splat depth").precision(variant.precision());
        Vec mean = k.input(SplatFormula.MEANS, 3);
        k.output(DEPTH, new CameraFormula(k, variant, mean).depth());
        return k.done();
    }

    private static Kernel projection(Variant variant, Primitive primitive) {
        var k = Kernel.build("splat projection").precision(variant.precision());
        var splat = new SplatFormula(k, variant);
        Expr opacity = splat.opacity();
        Expr drawn = splat.isDrawn(opacity);
        k.output(CENTRE, SplatFormula.where(drawn, splat.camera().centre()));
        k.output(SHAPE, SplatFormula.where(drawn, primitive.shape(splat.projected())));
        k.output(OPACITY, SplatFormula.where(drawn, Vec.of(opacity)));
        if (variant.has(Channel.DEPTH)) {
            Vec depth = Vec.of(splat.camera().depth());
            k.output(number(Channel.DEPTH), SplatFormula.where(drawn, depth));
        }
        if (variant.has(Channel.NORMAL)) {
            Vec normal = NormalFormula.of(splat, primitive.isFlat());
            k.output(number(Channel.NORMAL), SplatFormula.where(drawn, normal));
        }
        return k.done();
    }

    private static Kernel colour(Variant variant) {
        var k = Kernel.build("splat colour").precision(variant.precision());
        k.output(COLOUR, ColourFormula.of(k, variant));
        return k.done();
    }

    private static Kernel composite(Variant variant, Primitive primitive, int shapeWidth) {
        var k = Kernel.build("splat").precision(variant.precision());
        Vec pixel = k.input(PIXEL, 2);
        Vec centre = k.param(CENTRE, 2);
        Vec shape = k.param(SHAPE, shapeWidth);
        Expr opacity = k.param(OPACITY);
        Vec colour = k.param(COLOUR, 3);
        k.param(DEPTH);
        Turn turn =
                variant.lens() == Lens.EQUIRECTANGULAR
                        ? new Turn(k.uniform(Lenses.INTRINSICS, 4))
                        : null;
        Vec offset = pixel.minus(centre);
        offset = turn == null ? offset : turn.nearest(offset);
        k.output(COMPOSITING.alpha(), primitive.falloff(offset, shape).times(opacity));
        k.output(PAINTED, colour);
        for (Channel channel : Channel.values()) {
            if (variant.has(channel)) {
                k.output(painted(channel), k.param(number(channel), width(variant, channel)));
            }
        }
        Vec extent = extent(primitive, shape, opacity);
        extent = turn == null ? extent : turn.extent(centre, extent);
        k.support(PIXEL, centre.minus(extent), centre.plus(extent));
        return k.done();
    }

    /** Map from shape and opacity to {@link #EXTENT}. */
    static Reduction extents(Primitive primitive, Precision precision, int shapeWidth) {
        var k = Kernel.build("splat extent").precision(precision);
        k.output(EXTENT, extent(primitive, k.input(SHAPE, shapeWidth), k.input(OPACITY)));
        return Reduction.map(k.done());
    }

    /** Half the sides of the box, −1 where the splat is nowhere seen. */
    private static Vec extent(Primitive primitive, Vec shape, Expr opacity) {
        Expr least = Expr.of(COMPOSITING.alphaMin());
        Expr reach = opacity.max(least).dividedBy(least).log().times(2);
        return primitive.extent(shape, reach).map(half -> least.atMost(opacity).select(half, -1));
    }

    private static int width(Variant variant, Channel channel) {
        return switch (channel) {
            case DEPTH -> 1;
            case NORMAL -> 3;
            case FEATURES -> variant.features();
        };
    }

    /** The parameter with a splat's numbers for a channel. */
    static String number(Channel channel) {
        return "splat" + channel;
    }

    /** The composited channel. */
    static String painted(Channel channel) {
        return "painted" + channel;
    }
}
