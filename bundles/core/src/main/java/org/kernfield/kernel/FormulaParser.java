package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads formulas: + − * / ^, functions by their names, {@code v[k]}, lists {@code [a, b]}, and
 * {@code select(a < b, then, otherwise)}. Vectors are worked on component by component, a single
 * number with every component.
 */
final class FormulaParser {
    private final Tokens in;
    private final Map<String, Vec> names;

    FormulaParser(Tokens in, Map<String, Vec> names) {
        this.in = in;
        this.names = names;
    }

    /** A sum of products of factors. */
    Vec expression() {
        Vec value = term();
        while (true) {
            int at = in.place();
            if (in.take("+")) {
                value = combine(at, Op.ADD, value, term());
            } else if (in.take("-")) {
                value = combine(at, Op.SUBTRACT, value, term());
            } else {
                return value;
            }
        }
    }

    private Vec term() {
        Vec value = factor();
        while (true) {
            int at = in.place();
            if (in.take("*")) {
                value = combine(at, Op.MULTIPLY, value, factor());
            } else if (in.take("/")) {
                value = combine(at, Op.DIVIDE, value, factor());
            } else {
                return value;
            }
        }
    }

    /** A minus binds less than a power: −x² is −(x²). */
    private Vec factor() {
        if (in.take("-")) {
            return factor().map(Expr::negate);
        }
        Vec base = primary();
        int at = in.place();
        if (!in.take("^")) {
            return base;
        }
        Vec exponent = factor();
        if (exponent.size() != 1) {
            throw in.error(at, exponent.size() + " components as an exponent; give one");
        }
        return base.map(e -> e.pow(exponent.get(0)));
    }

    private Vec primary() {
        Vec value;
        if (in.take("(")) {
            value = expression();
            in.expect(")");
        } else if (in.take("[")) {
            value = list("]");
        } else if (in.isNumber()) {
            value = Vec.of(Expr.of(in.number("a number")));
        } else {
            value = named();
        }
        return value;
    }

    private Vec named() {
        int at = in.place();
        String name = in.word("a value");
        boolean isKnown = names.containsKey(name);
        if (!isKnown && (in.peek().equals("(") || RadialText.isFamily(name))) {
            return call(at, name);
        }
        if (!isKnown && (name.equals("inf") || name.equals("nan"))) {
            return Vec.of(Expr.of(name.equals("inf") ? Double.POSITIVE_INFINITY : Double.NaN));
        }
        if (!isKnown) {
            throw in.error(at, "'" + name + "' is not known here; known are " + names.keySet());
        }
        Vec value = names.get(name);
        if (!in.take("[")) {
            return value;
        }
        int place = in.place();
        int component = in.whole("a component");
        if (component < 0 || component >= value.size()) {
            throw in.error(
                    place,
                    "component %d of %s, which has %d; use 0 to %d"
                            .formatted(component, name, value.size(), value.size() - 1));
        }
        in.expect("]");
        return Vec.of(value.get(component));
    }

    private Vec call(int at, String name) {
        if (RadialText.isFamily(name)) {
            RadialProfile family = RadialText.parse(in, at, name);
            in.expect("(");
            Vec s = list(")");
            return s.map(e -> e.radial(family));
        }
        in.expect("(");
        if (name.equals("select")) {
            return choice();
        }
        var operands = arguments(")");
        try {
            return apply(at, name, operands);
        } catch (KernelException e) {
            throw e.getMessage().startsWith("line ") ? e : in.error(at, e.getMessage());
        }
    }

    private Vec apply(int at, String name, List<Vec> operands) {
        int count = operands.size();
        Vec first = operands.getFirst();
        switch (name) {
            case "dot", "sqdist" -> {
                require(at, count == 2 || count == 3, name, count, "2 or 3");
                Contraction kind = Contraction.valueOf(name.toUpperCase(Locale.ROOT));
                return Vec.of(kind.of(first, operands.get(1), count == 3 ? operands.get(2) : null));
            }
            case "sum", "norm", "rsqrt" -> {
                require(at, count == 1, name, count, "1");
                return switch (name) {
                    case "sum" -> Vec.of(first.sum());
                    case "norm" -> Vec.of(first.norm());
                    default -> first.map(Expr::rsqrt);
                };
            }
            default -> {}
        }
        for (Op op : Op.values()) {
            if (op.symbol().equals(name)) {
                require(at, count == op.arity(), name, count, "" + op.arity());
                return combine(at, op, operands.toArray(Vec[]::new));
            }
        }
        throw in.error(at, "'" + name + "' is no function; see the operations of Op");
    }

    private void require(int at, boolean holds, String name, int given, String needed) {
        if (!holds) {
            throw in.error(at, name + " with " + given + " operands; give " + needed);
        }
    }

    private Vec choice() {
        Expr left = single();
        boolean orEqual = in.take("<=");
        if (!orEqual) {
            in.expect("<");
        }
        Expr right = single();
        in.expect(",");
        Condition condition = orEqual ? left.atMost(right) : left.lessThan(right);
        Expr then = single();
        in.expect(",");
        Expr otherwise = single();
        in.expect(")");
        return Vec.of(condition.select(then, otherwise));
    }

    private Expr single() {
        int at = in.place();
        Vec value = expression();
        if (value.size() != 1) {
            throw in.error(at, value.size() + " components where one number is needed");
        }
        return value.get(0);
    }

    private Vec list(String end) {
        var all = new ArrayList<Expr>();
        arguments(end).forEach(v -> v.forEach(all::add));
        return Vec.of(all);
    }

    private List<Vec> arguments(String end) {
        var values = new ArrayList<Vec>();
        do {
            values.add(expression());
        } while (in.take(","));
        in.expect(end);
        return values;
    }

    private Vec combine(int at, Op op, Vec... operands) {
        int size = 1;
        for (Vec v : operands) {
            if (v.size() != 1 && size != 1 && v.size() != size) {
                throw in.error(
                        at,
                        "%s of %d components and %d; make the widths equal"
                                .formatted(op.symbol(), size, v.size()));
            }
            size = Math.max(size, v.size());
        }
        var results = new Expr[size];
        for (int k = 0; k < size; k++) {
            var scalars = new Expr[operands.length];
            for (int o = 0; o < scalars.length; o++) {
                scalars[o] = operands[o].get(operands[o].size() == 1 ? 0 : k);
            }
            results[k] = op == Op.POW ? scalars[0].pow(scalars[1]) : Simplify.apply(op, scalars);
        }
        return Vec.of(results);
    }
}
