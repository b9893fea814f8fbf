package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.EnumSet;
import java.util.Set;

/** Numbers to 20 digits by arbitrary-precision arithmetic, apart from the code's own. */
class SpecialFunctionsTest {
    private static double direct(Op op, double x) {
        return op.apply(x, 0, 0);
    }

    /** As a backend computes it that knows the operations of the first kernels only. */
    private static double lowered(Op op, double x) {
        var k = Kernel.build(op.name()).precision(Precision.F64);
        k.output("y", Simplify.apply(op, k.input("x")));
        Kernel plain = k.done().lowered(EnumSet.range(Op.ADD, Op.SELECT), Set.of());
        return Values.of("x", x).in(plain)[0];
    }

    private static void within(Op op, double x, double expected, double ulps) {
        double unit = Math.ulp(op == Op.ERF ? expected : Math.max(1, Math.abs(expected)));
        for (double value : new double[] {direct(op, x), lowered(op, x)}) {
            assertThat(Math.abs(value - expected) / unit).as("%s(%s)", op, x).isLessThan(ulps);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1e-300, 1.1283791670955126022e-300",
        "1e-08, 1.1283791670955125599e-8",
        "0.1, 0.1124629160182848984",
        "0.5, 0.52049987781304653768",
        "0.99, 0.83850806955536979982",
        "1.0, 0.84270079294971486934",
        "1.01, 0.8468104962282767015",
        "1.5, 0.96610514647531072707",
        "2.0, 0.99532226501895273416",
        "3.0, 0.99997790950300141456",
        "4.5, 0.99999999980338395585",
        "5.9, 0.9999999999999999281",
        "-0.7, -0.67780119383741844228",
        "-2.2, -0.99813715370201811014",
        "30.0, 1.0"
    })
    void erfIsWithinTwoUlp(double x, double expected) {
        within(Op.ERF, x, expected, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "1e-300, 690.77552789821370518",
        "1e-05, 11.512919692895825626",
        "0.1, 2.252712651734205902",
        "0.5, 0.57236494292470008707",
        "0.999, 0.00057803853289138023817",
        "1.0, 0.0",
        "1.0625, -0.032957100293577819083",
        "1.4616321449683622, -0.1214862905358496081",
        "1.75, -0.084401121020485555958",
        "2.0, 0.0",
        "2.001, 0.00042310673480011699119",
        "2.5, 0.28468287047291915963",
        "3.0, 0.69314718055994530942",
        "4.2, 2.048555636960590042",
        "7.7, 7.9265413562690047789",
        "11.999, 17.499865227646105739",
        "12.0, 17.502307845873885839",
        "40.5, 108.47307506906538405",
        "100000.0, 1051287.7089736568949",
        "1e+300, 6.8977552789821374147e+302"
    })
    void lgammaIsWithinSixUlp(double x, double expected) {
        within(Op.LGAMMA, x, expected, 6);
    }

    @ParameterizedTest
    @CsvSource({
        "1e-200, -1.0000000000000000179e+200",
        "1e-05, -100000.57719921567289",
        "0.1, -10.423754940411076232",
        "0.5, -1.9635100260214234794",
        "1.0, -0.57721566490153286061",
        "1.4616321449683622, -9.2412655217294275168e-17",
        "2.0, 0.42278433509846713939",
        "3.3, 1.0348224890596216863",
        "9.9, 2.2411803166063814365",
        "10.0, 2.2517525890667211076",
        "57.0, 4.034253689881697774",
        "10000000000.0, 23.02585092989045684"
    })
    void digammaIsWithinSixUlp(double x, double expected) {
        within(Op.DIGAMMA, x, expected, 6);
    }
}
