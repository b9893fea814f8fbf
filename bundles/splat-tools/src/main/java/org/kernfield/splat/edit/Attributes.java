package org.kernfield.splat.edit;

import org.kernfield.scene.Splats;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * What an {@link AttributeExpression} may ask of a splat, by name.
 *
 * <table>
 * <caption>Attributes</caption>
 * <tr><td>x, y, z<td>the mean
 * <tr><td>opacity<td>0 to 1
 * <tr><td>scale, scale_min<td>largest and smallest standard deviation
 * <tr><td>scale_x, scale_y, scale_z<td>standard deviations along its own axes
 * <tr><td>volume<td>their product
 * <tr><td>red, green, blue<td>colour of degree 0, 0 to 1 where it can be seen
 * <tr><td>index<td>its place, from 0
 * </table>
 *
 * Further properties of the file have the names they have there.
 */
final class Attributes {
    private Attributes() {}

    /** Every attribute of {@code splats} as a function of the splat's place. */
    static Map<String, IntToDoubleFunction> of(Splats splats) {
        var all = new LinkedHashMap<String, IntToDoubleFunction>();
        for (int c = 0; c < 3; c++) {
            int place = c;
            all.put("xyz".substring(c, c + 1), k -> splats.means()[3 * k + place]);
        }
        all.put("opacity", k -> 1 / (1 + Math.exp(-splats.opacities()[k])));
        float[] scales = splats.logScales();
        all.put("scale", k -> Math.exp(extreme(scales, 3 * k, 1)));
        all.put("scale_min", k -> Math.exp(-extreme(scales, 3 * k, -1)));
        for (int c = 0; c < 3; c++) {
            int place = c;
            all.put("scale_" + "xyz".charAt(c), k -> Math.exp(scales[3 * k + place]));
        }
        all.put(
                "volume",
                k -> Math.exp((double) scales[3 * k] + scales[3 * k + 1] + scales[3 * k + 2]));
        int width = 3 * Splats.coefficients(splats.degree());
        var colours = new String[] {"red", "green", "blue"};
        for (int c = 0; c < 3; c++) {
            int place = c;
            all.put(colours[c], k -> 0.5 + Splats.SH_0 * splats.sh()[width * k + place]);
        }
        all.put("index", k -> k);
        splats.extra().forEach((name, values) -> all.putIfAbsent(name, k -> values[k]));
        return all;
    }

    private static double extreme(float[] values, int at, int sign) {
        return Math.max(sign * values[at], Math.max(sign * values[at + 1], sign * values[at + 2]));
    }
}
