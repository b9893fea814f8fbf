package org.kernfield.openblas.internal;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;

import java.util.Dictionary;
import java.util.Hashtable;

/** Tells a {@link Condition} to whoever asks for Felix Health Checks, for example the doctor. */
final class ConditionCheck implements HealthCheck {
    private final Condition condition;

    private ConditionCheck(Condition condition) {
        this.condition = condition;
    }

    /** Until the bundle stops; where Health Checks are not installed nobody asks. */
    static void register(BundleContext context, String name, Condition condition) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(HealthCheck.NAME, name);
        context.registerService(HealthCheck.class, new ConditionCheck(condition), properties);
    }

    @Override
    public Result execute() {
        Condition.State now = condition.now();
        return new Result(now.isWell() ? Result.Status.OK : Result.Status.WARN, now.sentence());
    }
}
