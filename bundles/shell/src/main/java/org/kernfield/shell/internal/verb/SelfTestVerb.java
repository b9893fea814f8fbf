package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Check;
import org.kernfield.engine.Engine;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;

import java.util.List;

/** Compares what a backend computes with the formulas, and brings a mended one back. */
public final class SelfTestVerb implements Verb {
    private final Engine engine;

    public SelfTestVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "selftest";
    }

    @Override
    public String summary() {
        return "Check what a backend computes, and take it back into service if it is well";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.optional("BACKEND", Wants.BACKEND));
    }

    @Override
    public Reply run(Arguments arguments, Console console) {
        boolean isNamed = !arguments.operands().isEmpty();
        String name = isNamed ? arguments.operand(0) : null;
        FitOptions.require("backend", name, engine.backends());
        String backend = isNamed ? name : engine.backends().getFirst().name();
        List<Check> checks = engine.selfTest(backend);
        checks.stream()
                .filter(c -> !c.ok())
                .findFirst()
                .ifPresent(
                        c -> {
                            throw Failure.refused(backend, c.check() + ", " + c.why(), c.remedy());
                        });
        var text = new StringBuilder(backend).append(" is well, ");
        text.append(checks.size()).append(" reductions compared with their formulas");
        checks.forEach(c -> text.append("%n  %s: %s".formatted(c.check(), c.why())));
        return new Facts(
                Facts.map("ok", true, "backend", backend, "checks", checks.size()),
                text.toString());
    }
}
