package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;

/** Felix Health Checks: the doctor is one, and tells those of others. */
class HealthTest {
    private static final String CHECK = "org.apache.felix.hc.api.HealthCheck";

    @TempDir Path temp;

    private Runtime runtime;
    private Bundle api;

    @BeforeEach
    void start() {
        runtime = Runtime.start(temp);
        api = runtime.bundle("org.apache.felix.healthcheck.api");
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void whoeverWatchesTheProcessHearsTheDoctor() throws Exception {
        var context = runtime.context();
        Object check = context.getService(context.getServiceReference(CHECK));
        Object result = api.loadClass(CHECK).getMethod("execute").invoke(check);
        assertThat(result.toString()).contains("java: JDK", "bundles: all of them run");
        runtime.bundle(Runtime.CPU).stop();
        Object without = api.loadClass(CHECK).getMethod("execute").invoke(check);
        assertThat(without.toString()).doesNotContain("speed of cpu");
    }

    @Test
    void theDoctorTellsTheChecksOfOthers() throws Exception {
        Class<?> status = api.loadClass("org.apache.felix.hc.api.Result$Status");
        Object critical =
                api.loadClass("org.apache.felix.hc.api.Result")
                        .getConstructor(status, String.class)
                        .newInstance(status.getField("CRITICAL").get(null), "the roof leaks");
        Class<?> type = api.loadClass(CHECK);
        Object leak =
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "execute" -> critical;
                                    case "hashCode" -> 1;
                                    case "equals" -> proxy == arguments[0];
                                    default -> "leak";
                                });
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("hc.name", "roof");
        api.getBundleContext().registerService(CHECK, leak, properties);
        Ended doctor = runtime.run("doctor", "--json").well();
        assertThat(doctor.out())
                .containsPattern("\"check\": \"roof\", \"ok\": false, \"why\": \"the roof leaks\"");
    }
}
