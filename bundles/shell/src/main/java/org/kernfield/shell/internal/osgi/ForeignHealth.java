package org.kernfield.shell.internal.osgi;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.kernfield.engine.Check;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The Felix Health Checks of other bundles, for the doctor to tell. */
final class ForeignHealth {
    private final BundleContext context;

    ForeignHealth(BundleContext context) {
        this.context = context;
    }

    List<Check> checks() {
        var checks = new ArrayList<Check>();
        try {
            for (var reference :
                    context.getServiceReferences(
                            HealthCheck.class,
                            "(!(" + HealthCheck.NAME + "=" + DoctorHealth.NAME + "))")) {
                HealthCheck check = context.getService(reference);
                try {
                    if (check != null) {
                        checks.add(told(name(reference), check));
                    }
                } finally {
                    context.ungetService(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return checks;
    }

    private static Check told(String name, HealthCheck check) {
        try {
            Result result = check.execute();
            String why = sentences(result);
            return result.isOk() ? Check.good(name, why) : Check.bad(name, why, "");
        } catch (RuntimeException e) {
            return Check.bad(name, "the check failed itself: " + e, "");
        }
    }

    private static String sentences(Result result) {
        return StreamSupport.stream(result.spliterator(), false)
                .map(ResultLog.Entry::getMessage)
                .collect(Collectors.joining("; "));
    }

    private static String name(ServiceReference<HealthCheck> reference) {
        Object name = reference.getProperty(HealthCheck.NAME);
        return name == null ? reference.getBundle().getSymbolicName() : name.toString();
    }
}
