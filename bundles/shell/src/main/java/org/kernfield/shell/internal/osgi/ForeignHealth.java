package org.kernfield.shell.internal.osgi;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.kernfield.engine.Check;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The Felix Health Checks of other bundles, for the doctor to tell. */
final class ForeignHealth {
    private final BundleContext context;

    ForeignHealth(BundleContext context) {
        this.context = context;
    }

    List<Check> checks() {
        return told(reference -> true);
    }

    /** What one bundle says about itself. */
    List<Check> of(Bundle bundle) {
        return told(reference -> bundle.equals(reference.getBundle()));
    }

    private List<Check> told(Predicate<ServiceReference<HealthCheck>> isAsked) {
        var checks = new ArrayList<Check>();
        try {
            for (var reference :
                    context.getServiceReferences(
                            HealthCheck.class,
                            "(!(" + HealthCheck.NAME + "=" + DoctorHealth.NAME + "))")) {
                if (isAsked.test(reference)) {
                    checks.add(told(reference));
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return checks;
    }

    private Check told(ServiceReference<HealthCheck> reference) {
        String name = name(reference);
        HealthCheck check = context.getService(reference);
        try {
            return check == null ? Check.good(name, "its plugin has just left") : told(name, check);
        } finally {
            context.ungetService(reference);
        }
    }

    private static Check told(String name, HealthCheck check) {
        try {
            Result result = check.execute();
            String why = sentences(result);
            int remedy = why.lastIndexOf("; ");
            if (result.isOk()) {
                return Check.good(name, why);
            }
            return remedy < 0
                    ? Check.bad(name, why, "")
                    : Check.bad(name, why.substring(0, remedy), why.substring(remedy + 2));
        } catch (RuntimeException e) {
            return Check.bad(name, "the check failed itself: " + e, "");
        }
    }

    /** {@code <what is wrong>; <what to do>}, if the check keeps to that. */
    private static String sentences(Result result) {
        return StreamSupport.stream(result.spliterator(), false)
                .map(ResultLog.Entry::getMessage)
                .collect(Collectors.joining(", "));
    }

    private static String name(ServiceReference<HealthCheck> reference) {
        Object name = reference.getProperty(HealthCheck.NAME);
        return name == null ? reference.getBundle().getSymbolicName() : name.toString();
    }
}
