package org.kernfield.splat.train;

import java.util.Map;

/** The same with splats that are trained to be seen from nearer and farther. */
class AntialiasedContractTest extends SplatContractTest {
    @Override
    protected Map<String, String> settings() {
        return Map.of("cap", "12", "seed", "3", "antialiased", "true");
    }
}
