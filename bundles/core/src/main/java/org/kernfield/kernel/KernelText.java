package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Kernels as text, a statement a line or separated by semicolons, {@code #} begins a remark:
 *
 * <pre>{@code
 * kernel gaussian F32
 * input x[2]
 * param centre[2]
 * uniform width
 * s = sqdist(x, centre) / width^2
 * out value = exp(-s/2)
 * support x from centre - 3*width to centre + 3*width
 * }</pre>
 */
final class KernelText {
    private static final int INLINE_DEPTH = 6;

    private KernelText() {}

    static Kernel parse(String text) {
        return new Reader(text).kernel();
    }

    private static final class Reader {
        private final Tokens in;
        private final Map<String, Vec> names = new LinkedHashMap<>();
        private KernelBuilder builder = Kernel.build("formula");

        Reader(String text) {
            in = new Tokens(text);
        }

        Kernel kernel() {
            while (!in.isEnd()) {
                if (in.take("\n") || in.take(";")) {
                    continue;
                }
                int at = in.place();
                try {
                    statement();
                } catch (KernelException e) {
                    throw e.getMessage().startsWith("line ") ? e : in.error(at, e.getMessage());
                }
                if (!in.isEnd() && !in.peek().equals("\n") && !in.peek().equals(";")) {
                    throw in.error(in.found() + " after the end of a statement; remove it");
                }
            }
            return builder.done();
        }

        private void statement() {
            String word = in.word("a statement");
            if (in.take("=")) {
                names.put(word, formula());
                return;
            }
            switch (word) {
                case "kernel" -> {
                    builder = Kernel.build(in.word("the kernel's name"));
                    if (in.isWord()) {
                        builder.precision(precision());
                    }
                }
                case "out" -> {
                    String name = in.word("the output's name");
                    in.expect("=");
                    builder.output(name, formula());
                }
                case "support" -> support();
                case "input", "param", "uniform", "pair" -> slots(word);
                default ->
                        throw in.error(
                                "'"
                                        + word
                                        + "' begins no statement; use kernel, input, param,"
                                        + " uniform, pair, out, support or name = formula");
            }
        }

        private Precision precision() {
            int at = in.place();
            String name = in.word("F32 or F64");
            try {
                return Precision.valueOf(name);
            } catch (IllegalArgumentException e) {
                throw in.error(at, "'" + name + "' is no precision; use F32 or F64");
            }
        }

        private void slots(String role) {
            do {
                String name = in.word("a slot's name");
                int width = 1;
                if (in.take("[")) {
                    width = in.whole("a width");
                    in.expect("]");
                }
                var kind = Slot.Role.valueOf(role.toUpperCase(Locale.ROOT));
                names.put(name, builder.declare(new Slot(name, kind, width)));
            } while (in.take(","));
        }

        private void support() {
            String slot = in.word("the input that is bounded");
            keyword("from");
            Vec low = formula();
            keyword("to");
            builder.support(slot, low, formula());
        }

        private void keyword(String keyword) {
            if (!in.take(keyword)) {
                throw in.error(in.found() + " where '" + keyword + "' is needed; add it");
            }
        }

        private Vec formula() {
            return new FormulaParser(in, names).expression();
        }
    }

    /** The kernel as text that gives the same fingerprint when it is parsed. */
    static String of(Kernel kernel) {
        var writer = new Writer(kernel);
        var text = new StringBuilder("kernel " + name(kernel.name()) + " " + kernel.precision());
        for (Slot slot : kernel.slots()) {
            text.append("\n").append(slot);
        }
        var outputs = new ArrayList<String>();
        for (Output output : kernel.outputs()) {
            outputs.add("out " + output.name() + " = " + writer.write(output.value()));
        }
        kernel.support()
                .ifPresent(
                        s ->
                                outputs.add(
                                        "support "
                                                + s.slot()
                                                + " from "
                                                + writer.write(s.low())
                                                + " to "
                                                + writer.write(s.high())));
        writer.lines.forEach(line -> text.append("\n").append(line));
        outputs.forEach(line -> text.append("\n").append(line));
        return text.append("\n").toString();
    }

    private static String name(String name) {
        String word = name.replaceAll("[^A-Za-z0-9_]", "_");
        return Character.isDigit(word.charAt(0)) ? "_" + word : word;
    }

    /** Writes what is used more than once, or nested deep, as a line of its own. */
    private static final class Writer {
        final List<String> lines = new ArrayList<>();
        private final Map<Expr, String> written = new IdentityHashMap<>();
        private final Map<Expr, Integer> depths = new IdentityHashMap<>();
        private final Set<Expr> shared = Collections.newSetFromMap(new IdentityHashMap<>());

        Writer(Kernel kernel) {
            var roots = new ArrayList<Expr>();
            kernel.outputs().forEach(o -> o.value().forEach(roots::add));
            kernel.support()
                    .ifPresent(
                            s -> {
                                s.low().forEach(roots::add);
                                s.high().forEach(roots::add);
                            });
            Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            roots.stream().filter(e -> !seen.add(e)).forEach(shared::add);
            for (Expr e : Topology.order(roots, Set.of())) {
                Topology.operands(e).stream().filter(o -> !seen.add(o)).forEach(shared::add);
            }
        }

        String write(Vec value) {
            for (Expr e : Topology.order(value.stream().toList(), written.keySet())) {
                write(e);
            }
            var components = value.stream().map(written::get).toList();
            return components.size() == 1
                    ? components.getFirst()
                    : "[" + String.join(", ", components) + "]";
        }

        private void write(Expr e) {
            String text = text(e);
            int depth =
                    1
                            + Topology.operands(e).stream()
                                    .mapToInt(o -> depths.getOrDefault(o, 0))
                                    .max()
                                    .orElse(-1);
            boolean isCondition = e instanceof Expr.Apply a && a.op().isComparison();
            boolean isLine = depth > 0 && (shared.contains(e) || depth > INLINE_DEPTH);
            if (isLine && !isCondition) {
                String line = "%" + lines.size();
                lines.add(line + " = " + text);
                written.put(e, line);
                depths.put(e, 0);
            } else {
                written.put(e, text);
                depths.put(e, depth);
            }
        }

        private String text(Expr e) {
            return switch (e) {
                case Expr.Constant c -> number(c.value());
                case Expr.Read r ->
                        r.slot().width() == 1
                                ? r.slot().name()
                                : r.slot().name() + "[" + r.component() + "]";
                case Expr.Contract c -> Formula.of(c);
                case Expr.Profile p ->
                        RadialText.of(p.family()) + "(" + written.get(p.squaredDistance()) + ")";
                case Expr.Apply a -> apply(a);
            };
        }

        private String apply(Expr.Apply a) {
            var operands = a.operands().stream().map(written::get).toList();
            if (a.op().isComparison()) {
                return operands.get(0) + " " + a.op().symbol() + " " + operands.get(1);
            }
            if (a.op() == Op.NEGATE) {
                return "(-" + operands.getFirst() + ")";
            }
            return a.op().isInfix()
                    ? "(" + operands.get(0) + " " + a.op().symbol() + " " + operands.get(1) + ")"
                    : a.op().symbol() + "(" + String.join(", ", operands) + ")";
        }

        private static String number(double value) {
            if (Double.isNaN(value)) {
                return "nan";
            }
            String magnitude = Double.isInfinite(value) ? "inf" : Double.toString(Math.abs(value));
            return 1 / value < 0 || value < 0 ? "(-" + magnitude + ")" : magnitude;
        }
    }
}
