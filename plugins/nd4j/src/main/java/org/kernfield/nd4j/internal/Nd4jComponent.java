package org.kernfield.nd4j.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.condition.Condition;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * ND4J's backend and linear algebra as OSGi services, if ND4J starts and computes rightly. Where it
 * did so before and its linear algebra is not the best one here, the backend is offered at once,
 * and ND4J starts with the first session: that takes seconds which most commands need not spend.
 */
@Component(
        service = {},
        immediate = true)
@Capability(namespace = "kernfield.backend", attribute = "name=nd4j")
public final class Nd4jComponent implements LateStart.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Nd4jComponent.class);

    private final LateStart nd4j = new LateStart(Nd4jRuntime::start, this);
    private BundleContext context;
    private HealthNote note;
    private Offers offers;

    private final Condition condition =
            new Condition(true, "it was well before, and starts when it is first needed");

    @Activate
    void start(BundleContext own) {
        context = own;
        offers = new Offers(own);
        condition.tell(own, Nd4jBackend.NAME);
        String home = own.getProperty("kernfield.home");
        if (home != null && System.getProperty(Nd4jRuntime.CACHE) == null) {
            System.setProperty(Nd4jRuntime.CACHE, Path.of(home, "natives").toString());
        }
        String natives = System.getProperty(Nd4jRuntime.CACHE);
        if (natives != null) {
            note = new HealthNote(Path.of(natives), own.getBundle().getVersion().toString());
        }
        Optional<String> known = note == null ? Optional.empty() : note.version();
        if (known.isPresent() && isBetterAlgebraHere()) {
            offerBackend(known.get());
            return;
        }
        try {
            offerBackend(nd4j.get().version());
        } catch (IllegalStateException e) {
            // it has been told, see failed(…)
        }
    }

    private boolean isBetterAlgebraHere() {
        try {
            return !context.getServiceReferences(
                            LinearAlgebra.class,
                            "(%s>=%d)"
                                    .formatted(Constants.SERVICE_RANKING, Nd4jRuntime.RANKING + 1))
                    .isEmpty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void offerBackend(String version) {
        offers.add(Backend.class, new Nd4jBackend(version, nd4j), Nd4jBackend.RANKING);
    }

    @Override
    public void started(Nd4jRuntime runtime) {
        LOG.info("nd4j: ND4J {} on {}", runtime.version(), runtime.library().name());
        String sentence = "ND4J " + runtime.version() + " on " + runtime.library().name();
        condition.become(
                runtime.advice().isEmpty(),
                runtime.advice().map(Nd4jComponent::bare).orElse(sentence));
        runtime.advice().ifPresent(this::print);
        if (note != null) {
            note.write(runtime.version());
        }
        offers.add(LinearAlgebra.class, runtime.algebra(), Nd4jRuntime.RANKING);
    }

    private static String bare(String sentence) {
        return sentence.replaceFirst("^" + Nd4jBackend.NAME + ": ", "");
    }

    /** On the terminal, which the launcher offers. */
    private void print(String advice) {
        try {
            for (var reference :
                    context.getServiceReferences(PrintStream.class, "(kernfield.stream=err)")) {
                PrintStream terminal = context.getService(reference);
                if (terminal != null) {
                    terminal.println(advice);
                }
                context.ungetService(reference);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Takes the backend back if it was offered before it was needed. A thread of its own waits for
     * those that use it, as the caller is one of them.
     */
    @Override
    public void failed(IllegalStateException why) {
        LOG.error("{}", why.getMessage());
        condition.become(false, bare(why.getMessage()));
        if (note != null) {
            note.remove();
        }
        Thread.ofPlatform().daemon().name("nd4j-leaves").start(offers::close);
    }

    /** Whoever uses the services has left them when unregistering returns, or is broken off. */
    @Deactivate
    void stop() {
        offers.close();
        nd4j.close();
    }
}
