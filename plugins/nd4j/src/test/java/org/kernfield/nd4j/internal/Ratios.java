package org.kernfield.nd4j.internal;

import org.bytedeco.openblas.global.openblas;
import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.cpu.internal.linear.CpuLinearAlgebra;
import org.kernfield.field.Compute;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Representation;
import org.kernfield.field.Settings;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.testkit.BackendCompute;
import org.kernfield.testkit.Threads;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;

/** What {@code itests/benchmarks/nd4j} measures: backends beside plain ND4J, in turns. */
public final class Ratios {
    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    private static final int ROUNDS = 4;

    private final Nd4jBackend nd4j = new Nd4jBackend();
    private final CpuBackend cpu = new CpuBackend();
    private final Threads threads = new Threads(THREADS);
    private final Resources resources =
            new Resources(threads, Budget.unlimited(), CancelToken.NONE);

    private Ratios() {}

    /**
     * {@code Ratios [gemm] [cholesky] [matvec] [fit] [ORDER…] [small]}; everything without a name,
     * {@code small} to see in half a minute that all of it runs.
     */
    public static void main(String[] arguments) {
        var names = new ArrayList<>(List.of(arguments));
        var orders = new ArrayList<Integer>();
        names.removeIf(a -> a.matches("\\d+") && orders.add(Integer.valueOf(a)));
        boolean isSmall = names.remove("small");
        if (orders.isEmpty()) {
            orders.addAll(isSmall ? List.of(250) : List.of(1000, 2000, 4000));
        }
        var ratios = new Ratios();
        for (int n : orders) {
            if (names.isEmpty() || names.contains("gemm")) {
                ratios.gemm(n);
            }
            if (names.isEmpty() || names.contains("cholesky")) {
                ratios.cholesky(n);
            }
        }
        if (names.isEmpty() || names.contains("matvec")) {
            ratios.matvec(isSmall ? 4096 : 20_480);
        }
        if (names.isEmpty() || names.contains("fit")) {
            ratios.fit(isSmall ? 64 : 128);
        }
        System.exit(0);
    }

    /** Best seconds of each, in turns: A B C A B C … after a round that does not count. */
    private static void turns(String what, double work, String unit, Map<String, Runnable> ways) {
        var best = new LinkedHashMap<String, Double>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (var way : ways.entrySet()) {
                long begin = System.nanoTime();
                way.getValue().run();
                double seconds = (System.nanoTime() - begin) / 1e9;
                if (round > 0) {
                    best.merge(way.getKey(), seconds, Math::min);
                }
            }
        }
        System.out.print(what);
        best.forEach(
                (way, s) -> System.out.printf(" | %s %.4g s, %.4g %s", way, s, work / s, unit));
        System.out.println();
    }

    private Map<String, LinearAlgebra> algebras() {
        var algebras = new LinkedHashMap<String, LinearAlgebra>();
        algebras.put("cpu", new CpuLinearAlgebra().with(resources));
        ServiceLoader.load(LinearAlgebra.class).stream()
                .filter(p -> p.type().getName().contains("OpenBlas"))
                .forEach(p -> algebras.put("openblas", p.get().with(resources)));
        algebras.put("nd4j", nd4j.algebra().with(resources));
        return algebras;
    }

    private static Array random(int n, long seed) {
        var random = new SplittableRandom(seed);
        Array a = Array.zeros(ElementType.F64, n, n);
        for (long k = 0; k < a.elements(); k++) {
            a.set(k, random.nextDouble() - 0.5);
        }
        return a;
    }

    /** Lets ND4J use every core while {@code work} runs, as it does by itself. */
    private static void plainly(Runnable work) {
        threads(THREADS);
        try {
            work.run();
        } finally {
            threads(1);
        }
    }

    private static void threads(int count) {
        Nd4j.getEnvironment().setMaxThreads(count);
        Nd4j.getEnvironment().setMaxMasterThreads(count);
        openblas.blas_set_num_threads(count);
    }

    private void gemm(int n) {
        Array a = random(n, 1);
        Array b = random(n, 2);
        Array c = Array.zeros(ElementType.F64, n, n);
        var ways = new LinkedHashMap<String, Runnable>();
        algebras().forEach((name, l) -> ways.put(name, () -> l.gemm(1, a, false, b, false, 0, c)));
        INDArray x = Nd4j.create(doubles(a), new long[] {n, n}, 'c');
        INDArray y = Nd4j.create(doubles(b), new long[] {n, n}, 'c');
        ways.put("plain ND4J", () -> plainly(() -> x.mmul(y)));
        turns("gemm float64 " + n, 2e-9 * n * n * (double) n, "GFLOP/s", ways);
    }

    private static double[] doubles(Array a) {
        return a.data().toArray(java.lang.foreign.ValueLayout.JAVA_DOUBLE);
    }

    private void cholesky(int n) {
        Array a = random(n, 3);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a.set((long) j * n + i, a.get((long) i * n + j));
            }
            a.set((long) i * n + i, n);
        }
        Array work = Array.zeros(ElementType.F64, n, n);
        var ways = new LinkedHashMap<String, Runnable>();
        algebras()
                .forEach(
                        (name, l) ->
                                ways.put(
                                        name,
                                        () -> {
                                            work.data().copyFrom(a.data());
                                            l.potrf(work);
                                        }));
        INDArray x = Nd4j.create(doubles(a), new long[] {n, n}, 'c');
        ways.put(
                "plain ND4J",
                () -> plainly(() -> Nd4j.getBlasWrapper().lapack().potrf(x.dup('f'), true)));
        turns("Cholesky float64 " + n, n * (double) n * n / 3e9, "GFLOP/s", ways);
    }

    /** y_i = Σ_j exp(−½|x_i − p_j|²)·w_j over n × n pairs in three dimensions, float32. */
    private void matvec(int n) {
        var k = Kernel.build("gaussian");
        var x = k.input("x", 3);
        var p = k.param("p", 3);
        k.output("value", x.minus(p).squaredNorm().times(0.5).radial(new RadialProfile.Gaussian()));
        Reduction sum = Reduction.sum(k.done().weighted(1), Neighbourhood.ALL);
        var random = new SplittableRandom(4);
        var points = new float[3 * n];
        var weights = new float[n];
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) random.nextDouble();
        }
        for (int i = 0; i < n; i++) {
            weights[i] = (float) random.nextDouble();
        }
        var ways = new LinkedHashMap<String, Runnable>();
        for (Backend backend : List.of(cpu, nd4j)) {
            var session = backend.open(resources);
            Buffer rows = session.allocate(ElementType.F32, n, 3);
            rows.write(Array.of(3, points));
            Buffer payload = session.allocate(ElementType.F32, n, 1);
            payload.write(Array.of(1, weights));
            Buffer y = session.allocate(ElementType.F32, n, 1);
            Args args = Args.rows(n).with("x", rows).with("p", rows).with("weight", payload);
            ways.put(backend.name(), () -> session.run(sum, args, Map.of("value", y)));
        }
        INDArray rows = Nd4j.create(points, new long[] {n, 3}, 'c');
        INDArray column = Nd4j.create(weights, new long[] {n, 1}, 'c');
        ways.put("plain ND4J", () -> plainly(() -> plainMatvec(rows, column)));
        turns("Gaussian matvec %d × %d, d = 3".formatted(n, n), 1e-9 * n * n, "10⁹ pairs/s", ways);
    }

    /** As one writes it with ND4J: |x|² + |p|² − 2·x·p in blocks of rows, exp, product. */
    private static INDArray plainMatvec(INDArray rows, INDArray weights) {
        long n = rows.rows();
        int block = 1024;
        INDArray norms = rows.mul(rows).sum(1).reshape(1, n);
        INDArray y = Nd4j.createUninitialized(DataType.FLOAT, n, 1);
        for (long from = 0; from < n; from += block) {
            var part = org.nd4j.linalg.indexing.NDArrayIndex.interval(from, from + block);
            var all = org.nd4j.linalg.indexing.NDArrayIndex.all();
            INDArray some = rows.get(part, all);
            INDArray d = some.mmul(rows.transpose()).muli(-2);
            d.addiRowVector(norms);
            d.addiColumnVector(some.mul(some).sum(1).reshape(block, 1));
            INDArray k = Transforms.exp(d.muli(-0.5), false);
            y.put(new org.nd4j.linalg.indexing.INDArrayIndex[] {part, all}, k.mmul(weights));
        }
        return y;
    }

    /** One step of rbf on a picture: drawing, loss, gradient, Adam. */
    private void fit(int side) {
        var values = new float[side * side * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.5 + 0.4 * Math.sin(i * 0.001) * Math.cos(i * 0.37));
        }
        Representation rbf =
                ServiceLoader.load(Representation.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(r -> r.name().equals("rbf"))
                        .findFirst()
                        .orElseThrow();
        int kernels = side * side / 4;
        Map<String, String> settings = Map.of("kernels", Integer.toString(kernels));
        var ways = new LinkedHashMap<String, Runnable>();
        for (Backend backend : List.of(cpu, nd4j)) {
            Compute compute = new BackendCompute(backend, threads, Budget.unlimited());
            Fit fit =
                    rbf.begin(
                            new ImageTask(new Image(side, side, 3, values)),
                            Settings.of(rbf.settings(), settings));
            ways.put(backend.name(), () -> fit.step(compute));
        }
        var plain = new PlainFit(side, values, kernels);
        plainly(plain::step);
        double first = plain.loss;
        ways.put("plain ND4J", () -> plainly(plain::step));
        turns(
                "a step of rbf, %d × %d, %d kernels".formatted(side, side, kernels),
                1,
                "steps/s",
                ways);
        if (!(plain.loss < first)) {
            throw new IllegalStateException(
                    "plain ND4J: its fit does not descend; mend its derivatives");
        }
    }
}
