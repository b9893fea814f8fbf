package org.kernfield.launcher;

import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Keeps refused bundles out of one resolution: they are not resolved, provide nothing, attach to no
 * host and stand in nobody's way.
 */
final class Screening implements ResolverHook {
    private final Set<BundleRevision> triggers;
    private final Predicate<Bundle> refuses;
    private final Map<Bundle, Boolean> asked = new ConcurrentHashMap<>();

    /**
     * @param triggers what is to be resolved
     */
    Screening(Collection<BundleRevision> triggers, Predicate<Bundle> refuses) {
        this.triggers = Set.copyOf(triggers);
        this.refuses = refuses;
    }

    private boolean isRefused(BundleRevision revision) {
        return asked.computeIfAbsent(revision.getBundle(), refuses::test);
    }

    private boolean isRefused(BundleCapability capability) {
        return isRefused(capability.getRevision());
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        // once anything is removed here, Felix takes no provider that is not among the rest, and
        // bundles that are resolved already never are: what is only in reach stays
        candidates.removeIf(revision -> triggers.contains(revision) && isRefused(revision));
    }

    @Override
    public void filterSingletonCollisions(
            BundleCapability singleton, Collection<BundleCapability> collisions) {
        if (isRefused(singleton)) {
            collisions.clear();
        } else {
            collisions.removeIf(this::isRefused);
        }
    }

    @Override
    public void filterMatches(
            BundleRequirement requirement, Collection<BundleCapability> candidates) {
        if (isRefused(requirement.getRevision())) {
            candidates.clear();
        } else {
            candidates.removeIf(this::isRefused);
        }
    }

    @Override
    public void end() {
        asked.clear();
    }
}
