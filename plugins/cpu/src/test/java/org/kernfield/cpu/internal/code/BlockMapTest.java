package org.kernfield.cpu.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Vec;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** Operations on blocks against compiled code: every bit is the same. */
class BlockMapTest {
    private static final int ROWS = 19 * VectorWidth.LANES;

    private static float[] numbers(long seed) {
        var random = new Random(seed);
        var numbers = new float[ROWS];
        for (int k = 0; k < ROWS; k++) {
            numbers[k] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4));
        }
        float[] special = {
            0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE
        };
        System.arraycopy(special, 0, numbers, 0, special.length);
        return numbers;
    }

    private static void assertSameBits(KernelBuilder builder) {
        Kernel kernel =
                builder.done().lowered(withRandom(EnumSet.range(Op.ADD, Op.SELECT)), Set.of());
        var layout = new UniformLayout(kernel);
        var uniforms = new float[] {0.75f, -1.5f};
        var compiled = MapCompiler.compile("test", kernel.program(), layout, Precision.F32);
        var blocks = MapCompiler.adaptive("test", kernel.program(), layout, Precision.F32);
        float[][] expected = run(compiled, kernel, uniforms);
        float[][] actual = run(blocks, kernel, uniforms);
        for (int c = 0; c < expected.length; c++) {
            for (int k = 0; k < ROWS; k++) {
                assertThat(Float.floatToIntBits(actual[c][k]))
                        .as("output %d of row %d", c, k)
                        .isEqualTo(Float.floatToIntBits(expected[c][k]));
            }
        }
    }

    private static EnumSet<Op> withRandom(EnumSet<Op> known) {
        known.add(Op.RANDOM);
        return known;
    }

    private static float[][] run(MapCompiler.Compiled map, Kernel kernel, float[] uniforms) {
        var in = new Planes(map.inputs().size());
        for (int k = 0; k < in.count(); k++) {
            Instruction.Load load = map.inputs().get(k);
            in.set(k, numbers(load.component() + 31L * load.slot().name().hashCode()), 0);
        }
        var out = new Planes(kernel.outputWidth());
        var results = new float[out.count()][ROWS];
        for (int k = 0; k < out.count(); k++) {
            out.set(k, results[k], 0);
        }
        map.code().run(in.arrays(), in.offsets(), uniforms, out.arrays(), out.offsets(), 0, ROWS);
        return results;
    }

    @Test
    void givesTheBitsOfCompiledCodeForEveryOperation() {
        var k = Kernel.build("operations");
        Expr x = k.input("x");
        Expr y = k.input("y");
        Expr a = k.uniform("a");
        k.output("arithmetic", Vec.of(x.plus(y), x.minus(y), x.times(y), x.dividedBy(y)));
        k.output("fused", Vec.of(x.fma(y, a), x.times(y).plus(a), x.negate(), x.abs()));
        k.output("limits", Vec.of(x.min(y), x.max(y), x.floor(), x.abs().sqrt()));
        k.output("choices", x.lessThan(y).select(x.atMost(a).select(x, y), a));
        k.output("functions", Vec.of(x.exp(), x.abs().log(), x.sin(), x.cos(), x.tanh()));
        k.output("random", Expr.random(a, Expr.of(3), x.floor(), y.floor()));
        assertSameBits(k);
    }

    @Test
    void givesTheBitsOfCompiledCodeForFormulasThatAreCutInPieces() {
        var k = Kernel.build("long");
        Vec x = k.input("x", 3);
        Expr a = k.uniform("a");
        Expr sum = k.uniform("b");
        for (int n = 0; n < 60; n++) {
            Expr next = x.get(n % 3).times(sum).plus(a).sin();
            sum = next.lessThan(sum).select(next.exp(), sum.minus(next.times(0.5)));
        }
        k.output("sum", sum);
        k.output("same", x.get(1));
        assertSameBits(k);
    }
}
