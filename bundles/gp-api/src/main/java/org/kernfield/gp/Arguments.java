package org.kernfield.gp;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Vec;

import java.util.Map;

/**
 * What a function is written with: its hyper-parameters as uniforms, its options as they are.
 *
 * @param uniforms by the hyper-parameter's name within the function; reciprocal ones are 1/v
 * @param options by name
 */
record Arguments(Map<String, Vec> uniforms, Map<String, String> options) {
    Expr number(String name) {
        return uniforms.get(name).get(0);
    }

    Vec vector(String name) {
        return uniforms.get(name);
    }

    boolean has(String name) {
        return uniforms.containsKey(name);
    }

    /** The reciprocal length scales. */
    Vec rates() {
        return uniforms.get(ParameterSpec.LENGTHSCALE);
    }

    String word(String option) {
        return options.get(option);
    }

    int whole(String option) {
        return Integer.parseInt(options.get(option));
    }
}
