package org.kernfield.template;

import org.kernfield.backend.Args;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;
import org.kernfield.field.Compute;
import org.kernfield.reference.ReferenceBackend;

import java.util.Map;

/** What the engine does for a fit, on the float64 reference and one thread. */
final class ReferenceCompute implements Compute, AutoCloseable {
    private final Budget budget = Budget.unlimited();
    private final Session session =
            new ReferenceBackend().open(new Resources(Workers.SERIAL, budget, CancelToken.NONE));

    @Override
    public Buffer allocate(ElementType type, long rows, int width) {
        return session.allocate(type, rows, width);
    }

    @Override
    public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        session.run(reduction, args, outputs);
    }

    @Override
    public String backend() {
        return "reference";
    }

    @Override
    public double progress() {
        return 0;
    }

    @Override
    public Workers workers() {
        return Workers.SERIAL;
    }

    @Override
    public long memoryLeft() {
        return budget.limit() - budget.used();
    }

    @Override
    public void checkCancelled() {}

    @Override
    public void close() {
        session.close();
    }
}
