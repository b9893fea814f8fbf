package org.kernfield.splat.edit;

import org.kernfield.field.Nearest;
import org.kernfield.scene.Splats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * A condition on the attributes of a splat, for example {@code opacity > 0.1 and scale < 0.5 and
 * x*x + z*z < 4}. From what binds least to what binds most: {@code or}, {@code and}, {@code not};
 * {@code < <= > >= == !=}; {@code + -}; {@code * /}; minus; {@code ^}. Functions: abs, sqrt, exp,
 * log, sin, cos, floor, min, max. The formulas of the kernel language are arithmetic only, so this
 * is a language of its own; the attributes are those of {@link Attributes}.
 */
public final class AttributeExpression {
    private static final Map<String, DoubleUnaryOperator> FUNCTIONS =
            Map.of(
                    "abs", Math::abs,
                    "sqrt", Math::sqrt,
                    "exp", Math::exp,
                    "log", Math::log,
                    "sin", Math::sin,
                    "cos", Math::cos,
                    "floor", Math::floor);
    private static final Map<String, DoubleBinaryOperator> FUNCTIONS_OF_TWO =
            Map.of("min", Math::min, "max", Math::max);
    private static final List<String> RELATIONS = List.of("<=", ">=", "==", "!=", "<", ">");

    /** A part of an expression: a number or a condition, each a function of the splat's place. */
    private sealed interface Part {}

    private record Quantity(IntToDoubleFunction of) implements Part {}

    private record Truth(IntPredicate of) implements Part {}

    private final ExpressionWords in;
    private final Map<String, IntToDoubleFunction> attributes;

    private AttributeExpression(String text, Splats splats) {
        in = new ExpressionWords(text);
        attributes = Attributes.of(splats);
    }

    /**
     * The condition as a function of a splat's place.
     *
     * @throws IllegalArgumentException naming the text, the column and the remedy
     */
    public static IntPredicate parse(String text, Splats splats) {
        var expression = new AttributeExpression(text, splats);
        IntPredicate condition = expression.truth(1, expression.disjunction());
        expression.in.expectEnd();
        return condition;
    }

    private Part disjunction() {
        int at = in.column();
        Part left = conjunction();
        while (in.take("or") || in.take("||")) {
            IntPredicate a = truth(at, left);
            int column = in.column();
            IntPredicate b = truth(column, conjunction());
            left = new Truth(a.or(b));
        }
        return left;
    }

    private Part conjunction() {
        int at = in.column();
        Part left = negation();
        while (in.take("and") || in.take("&&")) {
            IntPredicate a = truth(at, left);
            int column = in.column();
            IntPredicate b = truth(column, negation());
            left = new Truth(a.and(b));
        }
        return left;
    }

    private Part negation() {
        if (in.take("not") || in.take("!")) {
            int at = in.column();
            return new Truth(truth(at, negation()).negate());
        }
        return comparison();
    }

    private Part comparison() {
        int at = in.column();
        Part left = sum();
        for (String relation : RELATIONS) {
            if (in.take(relation)) {
                IntToDoubleFunction a = quantity(at, left);
                int column = in.column();
                IntToDoubleFunction b = quantity(column, sum());
                return new Truth(compare(relation, a, b));
            }
        }
        return left;
    }

    private static IntPredicate compare(
            String relation, IntToDoubleFunction a, IntToDoubleFunction b) {
        return switch (relation) {
            case "<" -> k -> a.applyAsDouble(k) < b.applyAsDouble(k);
            case "<=" -> k -> a.applyAsDouble(k) <= b.applyAsDouble(k);
            case ">" -> k -> a.applyAsDouble(k) > b.applyAsDouble(k);
            case ">=" -> k -> a.applyAsDouble(k) >= b.applyAsDouble(k);
            case "==" -> k -> a.applyAsDouble(k) == b.applyAsDouble(k);
            default -> k -> a.applyAsDouble(k) != b.applyAsDouble(k);
        };
    }

    private Part sum() {
        int at = in.column();
        Part left = product();
        while (true) {
            if (in.take("+")) {
                left = combine(at, left, (a, b) -> a + b, in.column(), product());
            } else if (in.take("-")) {
                left = combine(at, left, (a, b) -> a - b, in.column(), product());
            } else {
                return left;
            }
        }
    }

    private Part product() {
        int at = in.column();
        Part left = power();
        while (true) {
            if (in.take("*")) {
                left = combine(at, left, (a, b) -> a * b, in.column(), power());
            } else if (in.take("/")) {
                left = combine(at, left, (a, b) -> a / b, in.column(), power());
            } else {
                return left;
            }
        }
    }

    /** A minus binds less than a power: −x² is −(x²). */
    private Part power() {
        int at = in.column();
        if (in.take("-")) {
            IntToDoubleFunction of = quantity(at, power());
            return new Quantity(k -> -of.applyAsDouble(k));
        }
        Part base = primary();
        return in.take("^") ? combine(at, base, Math::pow, in.column(), power()) : base;
    }

    private Part combine(int at, Part left, DoubleBinaryOperator operator, int column, Part right) {
        IntToDoubleFunction a = quantity(at, left);
        IntToDoubleFunction b = quantity(column, right);
        return new Quantity(k -> operator.applyAsDouble(a.applyAsDouble(k), b.applyAsDouble(k)));
    }

    private Part primary() {
        if (in.take("(")) {
            Part inner = disjunction();
            in.expect(")");
            return inner;
        }
        if (in.isNumber()) {
            double number = in.number();
            return new Quantity(k -> number);
        }
        int at = in.column();
        String name = in.word("a number, an attribute or '('");
        if (in.take("(")) {
            return call(at, name);
        }
        IntToDoubleFunction attribute = attributes.get(name);
        if (attribute == null) {
            throw in.error(
                    at,
                    "'" + name + "' is no attribute",
                    Nearest.suggestion(name, attributes.keySet()));
        }
        return new Quantity(attribute);
    }

    private Part call(int at, String name) {
        int first = in.column();
        IntToDoubleFunction a = quantity(first, disjunction());
        DoubleUnaryOperator one = FUNCTIONS.get(name);
        if (one != null) {
            in.expect(")");
            return new Quantity(k -> one.applyAsDouble(a.applyAsDouble(k)));
        }
        DoubleBinaryOperator two = FUNCTIONS_OF_TWO.get(name);
        if (two == null) {
            var names = new ArrayList<>(FUNCTIONS.keySet());
            names.addAll(FUNCTIONS_OF_TWO.keySet());
            names.sort(null);
            throw in.error(at, "'" + name + "' is no function", Nearest.suggestion(name, names));
        }
        in.expect(",");
        int second = in.column();
        IntToDoubleFunction b = quantity(second, disjunction());
        in.expect(")");
        return new Quantity(k -> two.applyAsDouble(a.applyAsDouble(k), b.applyAsDouble(k)));
    }

    private IntToDoubleFunction quantity(int column, Part part) {
        return switch (part) {
            case Quantity q -> q.of;
            case Truth t ->
                    throw in.error(
                            column, "a condition where a number is needed", "combine with 'and'");
        };
    }

    private IntPredicate truth(int column, Part part) {
        return switch (part) {
            case Truth t -> t.of;
            case Quantity q ->
                    throw in.error(
                            column,
                            "a number where a condition is needed",
                            "compare it, as in x < 1");
        };
    }
}
