package org.kernfield.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Evaluator;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Tape;
import org.kernfield.backend.Tape.Node;
import org.kernfield.backend.TapeArgs;
import org.kernfield.backend.Workers;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.reference.ReferenceBackend;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** What a tape takes of the budget, and gives back when a call on its way back throws. */
class TapeMemoryTest {
    private static final int LENGTH = 6;

    /** A session in which a call to come is cancelled. */
    private static final class Interrupted implements Evaluator {
        private final Session session;
        private int left = Integer.MAX_VALUE;

        Interrupted(Session session) {
            this.session = session;
        }

        void endAfter(int calls) {
            left = calls;
        }

        private void count() {
            if (left-- == 0) {
                throw new CancellationException("cancelled");
            }
        }

        @Override
        public Buffer allocate(ElementType type, long rows, int width) {
            count();
            return session.allocate(type, rows, width);
        }

        @Override
        public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
            count();
            session.run(reduction, args, outputs);
        }

        @Override
        public BufferOperations operations() {
            return (BufferOperations)
                    Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {BufferOperations.class},
                            (proxy, method, arguments) -> {
                                count();
                                try {
                                    return method.invoke(session.operations(), arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
        }
    }

    private static Session session(Budget budget) {
        return new ReferenceBackend().open(new Resources(Workers.SERIAL, budget, CancelToken.NONE));
    }

    private static Buffer variable(Session session, int rows, int width) {
        Buffer buffer = session.allocate(ElementType.F64, rows, width);
        Array numbers = Array.zeros(ElementType.F64, rows, width);
        for (int k = 0; k < numbers.elements(); k++) {
            numbers.set(k, 0.1 * k);
        }
        buffer.write(numbers);
        return buffer;
    }

    /** Every kind of step, and a node that is read twice. */
    private static Node result(Tape tape, Node x) {
        Node product = tape.gemm(x, false, x, true);
        Node spectrum = tape.realFft(tape.gemm(product, true, x, false));
        Node signal = tape.inverseRealFft(spectrum, LENGTH);
        var k = Kernel.build("product").precision(Precision.F64);
        k.output("y", k.input("a", LENGTH).times(k.input("b", LENGTH)));
        var args = TapeArgs.rows(3).with("a", signal).with("b", x);
        return tape.reduce(Reduction.map(k.done()), args).get("y");
    }

    /**
     * Whether the walk back needs no more than so many calls; if it does, what it has taken is
     * given back with the tape.
     */
    private static boolean isDoneIn(int calls) {
        var budget = new Budget(1 << 20);
        try (var session = session(budget)) {
            var evaluator = new Interrupted(session);
            Buffer x = variable(session, 3, LENGTH);
            Buffer cotangent = variable(session, 3, LENGTH);
            long before = budget.used();
            try (var tape = new Tape(evaluator)) {
                Node variable = tape.variable(x);
                Node result = result(tape, variable);
                evaluator.endAfter(calls);
                tape.backward(Map.of(result, cotangent), List.of(variable));
                return true;
            } catch (CancellationException e) {
                assertThat(budget.used()).as("after %d calls", calls).isEqualTo(before);
                return false;
            }
        }
    }

    @Test
    void givesAllBackWhateverCallThrows() {
        int calls = 0;
        while (!isDoneIn(calls)) {
            calls++;
        }
        assertThat(calls).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gradientsOfFourierTransformsTakeNoMoreThanSomeSignals(boolean inverse) {
        int length = 1000;
        var budget = new Budget(16L * length * Double.BYTES);
        try (var session = session(budget);
                var tape = new Tape(session)) {
            Node from = tape.variable(variable(session, 1, inverse ? length + 2 : length));
            Node into = inverse ? tape.inverseRealFft(from, length) : tape.realFft(from);
            Buffer cotangent = variable(session, 1, into.buffer().width());
            assertThat(tape.backward(Map.of(into, cotangent), List.of(from))).containsKey(from);
        }
    }
}
