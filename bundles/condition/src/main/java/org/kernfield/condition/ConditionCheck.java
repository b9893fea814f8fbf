package org.kernfield.condition;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;

import java.util.Dictionary;
import java.util.Hashtable;

/** A {@link Condition} as Felix Health Checks ask for it. */
final class ConditionCheck implements HealthCheck {
    private final Condition condition;

    private ConditionCheck(Condition condition) {
        this.condition = condition;
    }

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
