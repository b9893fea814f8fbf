package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A formula F(x_i, p_j, c): named inputs read from the row of query i, named parameters from the
 * row of source j, uniforms shared by all pairs, and named outputs. Immutable and validated; what
 * is done with the values of all pairs is the choice of a reduction, apart from the kernel.
 *
 * <pre>{@code
 * var k = Kernel.build("gaussian");
 * Vec x = k.input("x", 2);
 * Vec centre = k.param("centre", 2);
 * Expr width = k.param("width");
 * k.output("value", x.minus(centre).squaredNorm().dividedBy(width.square())
 *         .radial(new RadialProfile.Gaussian()));
 * Kernel kernel = k.done();
 * }</pre>
 */
public final class Kernel {
    private final String name;
    private final Precision precision;
    private final List<Slot> slots;
    private final List<Output> outputs;
    private final Support support;
    private final Program program;
    private final String fingerprint;

    Kernel(
            String name,
            Precision precision,
            List<Slot> slots,
            List<Output> outputs,
            Support support) {
        this.name = name;
        this.precision = precision;
        this.slots = List.copyOf(slots);
        this.outputs = List.copyOf(outputs);
        this.support = support;
        this.program = Program.of(outputs.stream().flatMap(o -> o.value().stream()).toList());
        this.fingerprint = Fingerprint.of(this);
    }

    private Kernel(Kernel other, Precision precision, Program program) {
        this.name = other.name;
        this.precision = precision;
        this.slots = other.slots;
        this.outputs = other.outputs;
        this.support = other.support;
        this.program = program;
        this.fingerprint = Fingerprint.of(this);
    }

    /** Starts a kernel; {@code name} is for messages and listings only. */
    public static KernelBuilder build(String name) {
        return new KernelBuilder(name);
    }

    /**
     * Reads a kernel from text: one statement a line or separated by semicolons, {@code #} begins a
     * remark. Statements are {@code kernel NAME F32}, {@code input x[2]}, {@code param}, {@code
     * uniform}, {@code pair}, {@code name = formula}, {@code out name = formula} and {@code support
     * x from formula to formula}; of these only an output is needed. Formulas have + − * / ^, the
     * operations by the symbols of {@link Op}, {@code dot}, {@code sqdist}, {@code sum}, {@code
     * norm}, {@code select(a < b, c, d)}, profiles as {@code gaussian(s)} or {@code matern[2](s)},
     * components {@code x[0]} and lists {@code [a, b]}.
     *
     * @throws KernelException with line, column and a caret at the place
     */
    public static Kernel parse(String text) {
        return KernelText.parse(text);
    }

    /** The kernel as text; {@link #parse} makes a kernel of the same fingerprint from it. */
    public String toText() {
        return KernelText.of(this);
    }

    public String name() {
        return name;
    }

    /** The arithmetic it is evaluated in, and the element type of the buffers bound to it. */
    public Precision precision() {
        return precision;
    }

    /** The same formula evaluated in another precision. */
    public Kernel in(Precision other) {
        return other == precision ? this : new Kernel(this, other, program);
    }

    /** All slots, in the order in which they were declared. */
    public List<Slot> slots() {
        return slots;
    }

    /** The slots of one role, in the order in which they were declared. */
    public List<Slot> slots(Slot.Role role) {
        return slots.stream().filter(s -> s.role() == role).toList();
    }

    /**
     * The slot called {@code slotName}.
     *
     * @throws KernelException if there is none
     */
    public Slot slot(String slotName) {
        return slots.stream()
                .filter(s -> s.name().equals(slotName))
                .findFirst()
                .orElseThrow(
                        () ->
                                new KernelException(
                                        "kernel "
                                                + name
                                                + ": no slot '"
                                                + slotName
                                                + "'; it has "
                                                + slots));
    }

    /** The outputs, in the order in which they were declared. */
    public List<Output> outputs() {
        return outputs;
    }

    /** Components of all outputs together. */
    public int outputWidth() {
        return outputs.stream().mapToInt(Output::width).sum();
    }

    /** A conservative box outside of which a source contributes nothing, if the author gave one. */
    public Optional<Support> support() {
        return Optional.ofNullable(support);
    }

    /** The kernel as straight-line code; its results are the output components in order. */
    public Program program() {
        return program;
    }

    /**
     * SHA-256 of the precision, slots, program, outputs and support, in hexadecimal: the key of
     * every cache. The kernel's own name has no part in it.
     */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * This kernel with its program written in operations that a backend knows. It computes the same
     * outputs up to rounding; only its program is another.
     *
     * @param operations which operations may stay
     * @param contractions which contractions may stay
     * @throws KernelException naming operations that cannot be written with those
     */
    public Kernel lowered(Set<Op> operations, Set<Contraction> contractions) {
        return Lowering.isNeeded(program, operations, contractions)
                ? new Kernel(this, precision, Lowering.of(this, operations, contractions))
                : this;
    }

    /** The operations that cannot be written with those given, in the order of their first use. */
    public Set<Op> missing(Set<Op> operations) {
        return Lowering.missing(program, operations);
    }

    /**
     * The vector–Jacobian product: a kernel that also reads a cotangent input {@code d_<output>}
     * for each output and gives {@code d_<slot>} = Σ cotangent · ∂output/∂slot for each slot of
     * {@code wrt}, at one pair.
     *
     * @param wrt names of slots
     * @throws KernelException for an unknown slot, or beyond the smoothness of a profile
     */
    public Kernel vjp(Set<String> wrt) {
        return vjp(wrt, Slot.Role.INPUT);
    }

    /**
     * The vector–Jacobian product with cotangents that belong to another row than the query's.
     *
     * @param wrt names of slots
     * @param cotangents whose row the slots {@code d_<output>} are read from
     */
    public Kernel vjp(Set<String> wrt, Slot.Role cotangents) {
        return Derivatives.vjp(this, wrt, cotangents, List.of());
    }

    /** As {@link #vjp(Set, Slot.Role)}, with this kernel's own outputs before the derivatives. */
    public Kernel valueAndVjp(Set<String> wrt, Slot.Role cotangents) {
        return Derivatives.vjp(this, wrt, cotangents, outputs);
    }

    /**
     * Derivatives of every output component by every component of {@code input}: an output {@code
     * d_<input>} of output width × slot width components, output-major.
     */
    public Kernel jacobian(String input) {
        return Derivatives.jacobian(this, input);
    }

    /**
     * The value and all derivatives up to {@code order} by {@code inputs}. Outputs keep their names
     * and are each followed by their derivatives: {@code u_x} is ∂u/∂x, {@code u_x_t} is ∂²u/∂x∂t,
     * inputs in the order given, mixed ones once. Components are output-major: those of {@code
     * u_x_x} of a scalar u are the rows of the Hessian.
     *
     * @param order 0 or more
     * @param inputs names of slots, each once
     * @throws KernelException for an unknown slot, or beyond the smoothness of a profile
     */
    public Kernel jet(int order, String... inputs) {
        return Jets.jet(this, order, List.of(inputs));
    }

    /**
     * Second derivatives by {@code input}: an output {@code <output>_<input>_<input>} for each,
     * output-major, then row by row of the Hessian.
     */
    public Kernel hessian(String input) {
        return Jets.hessian(this, input);
    }

    /** The trace of the Hessian by {@code input}: outputs of the same names and widths. */
    public Kernel laplacian(String input) {
        return Jets.laplacian(this, input);
    }

    /**
     * One partial derivative, by the components of {@code input} that are listed: {@code ("x", 0,
     * 0, 1)} is ∂³/∂x₀²∂x₁. Outputs of the same names and widths.
     */
    public Kernel partial(String input, int... components) {
        return Jets.partial(this, input, components);
    }

    /**
     * This kernel times a payload: reads a further parameter {@code weight} of {@code columns}
     * components and gives one output {@code value} of as many. With a {@code sum} this is y_ir =
     * Σ_j k(x_i, p_j) · w_jr.
     *
     * @throws KernelException unless this kernel has exactly one output component
     */
    public Kernel weighted(int columns) {
        if (outputWidth() != 1) {
            throw new KernelException(
                    "kernel "
                            + name
                            + ": "
                            + outputWidth()
                            + " output components cannot carry a payload; keep one");
        }
        var payload = new Slot(WEIGHT, Slot.Role.PARAM, columns);
        var all = new ArrayList<>(slots);
        all.add(payload);
        Vec value = payload.read().times(outputs.getFirst().value().get(0));
        return KernelBuilder.finish(
                name, precision, all, List.of(new Output("value", value)), support);
    }

    /** Name of the payload slot of {@link #weighted}. */
    public static final String WEIGHT = "weight";

    /**
     * The outputs with some slots replaced by expressions: how kernels are composed.
     *
     * @param bindings a vector of the slot's width for each slot to replace; the others stay reads
     */
    public Map<String, Vec> apply(Map<String, Vec> bindings) {
        var replace = new Substitution(this, bindings);
        var values = new LinkedHashMap<String, Vec>();
        outputs.forEach(o -> values.put(o.name(), o.value().map(replace)));
        return values;
    }

    /** Slots, outputs as formulas and the costed listing. */
    public String describe() {
        var text = new StringBuilder("kernel ").append(name).append(slots);
        text.append(precision == Precision.F64 ? " in F64\n" : "\n");
        for (Output o : outputs) {
            text.append("  ").append(o.name()).append(" = ").append(o.value()).append('\n');
        }
        text.append("  ").append(program.operations()).append(" operations a pair\n");
        return text.append(program.listing()).toString();
    }

    @Override
    public String toString() {
        return "kernel " + name + slots + " -> " + outputs;
    }
}
