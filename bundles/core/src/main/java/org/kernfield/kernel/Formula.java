package org.kernfield.kernel;

import java.util.Locale;
import java.util.stream.Collectors;

/** Writes an expression as people write it, cut where it grows beyond what fits in a message. */
final class Formula {
    private static final int DEPTH = 12;
    private static final int LENGTH = 240;

    private Formula() {}

    static String of(Expr e) {
        String text = write(e, 0);
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH - 1) + "…";
    }

    private static String write(Expr e, int depth) {
        if (depth > DEPTH) {
            return "…";
        }
        return switch (e) {
            case Expr.Constant c -> number(c.value());
            case Expr.Read r ->
                    r.slot().width() == 1
                            ? r.slot().name()
                            : r.slot().name() + "[" + r.component() + "]";
            case Expr.Profile p ->
                    p.family().getClass().getSimpleName().toLowerCase(Locale.ROOT)
                            + "("
                            + write(p.squaredDistance(), depth + 1)
                            + ")";
            case Expr.Contract c ->
                    c.kind().symbol()
                            + "("
                            + c.left().name()
                            + ", "
                            + c.right().name()
                            + c.scale().map(s -> ", " + s.name()).orElse("")
                            + ")";
            case Expr.Apply a -> apply(a, depth);
        };
    }

    private static String apply(Expr.Apply a, int depth) {
        if (a.op() == Op.NEGATE) {
            return "-" + write(a.operands().getFirst(), depth + 1);
        }
        if (a.op().isInfix()) {
            return "("
                    + write(a.operands().get(0), depth + 1)
                    + " "
                    + a.op().symbol()
                    + " "
                    + write(a.operands().get(1), depth + 1)
                    + ")";
        }
        return a.operands().stream()
                .map(o -> write(o, depth + 1))
                .collect(Collectors.joining(", ", a.op().symbol() + "(", ")"));
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
