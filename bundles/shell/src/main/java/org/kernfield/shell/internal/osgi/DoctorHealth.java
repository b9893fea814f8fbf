package org.kernfield.shell.internal.osgi;

import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kernfield.engine.Check;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Supplier;

/** What the doctor says, for whoever watches this process by Felix Health Checks. */
final class DoctorHealth implements HealthCheck {
    /** Name of the check, by which {@code doctor} leaves its own out. */
    static final String NAME = "Kernfield";

    private final Supplier<List<Check>> checks;

    private DoctorHealth(Supplier<List<Check>> checks) {
        this.checks = checks;
    }

    static ServiceRegistration<?> register(BundleContext context, Supplier<List<Check>> checks) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(HealthCheck.NAME, NAME);
        properties.put(HealthCheck.TAGS, new String[] {"kernfield"});
        return context.registerService(HealthCheck.class, new DoctorHealth(checks), properties);
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        for (Check check : checks.get()) {
            if (check.ok()) {
                log.info("{}: {}", check.check(), check.why());
            } else {
                log.warn("{}: {}; {}", check.check(), check.why(), check.remedy());
            }
        }
        return new Result(log);
    }
}
