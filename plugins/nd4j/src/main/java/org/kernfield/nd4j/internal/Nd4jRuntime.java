package org.kernfield.nd4j.internal;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.numerics.lapack.AlgebraSelfCheck;
import org.kernfield.numerics.lapack.LapackAlgebra;
import org.kernfield.numerics.lapack.NativeLibrary;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * ND4J started, on one thread a call, and checked. Its parallelism is ours: blocks of pairs run
 * side by side on the threads that a session is given, so that bits do not depend on their number.
 *
 * @param version of ND4J
 * @param library the OpenBLAS that ND4J has loaded
 * @param algebra on it
 * @param advice what a user should mend, in one sentence; empty if nothing
 */
record Nd4jRuntime(
        String version, NativeLibrary library, LinearAlgebra algebra, Optional<String> advice) {
    /**
     * Above the cpu's, which is pure Java, below OpenBLAS's own, which is the same without ND4J.
     */
    static final int RANKING = 150;

    /** Where JavaCPP unpacks native libraries. */
    static final String CACHE = "org.bytedeco.javacpp.cachedir";

    private static final Logger LOG = LoggerFactory.getLogger(Nd4jRuntime.class);

    private static final AtomicBoolean IS_TOLD = new AtomicBoolean();

    /** System property with the class loader of the loaded ND4J; the verb plugins looks at it. */
    private static final String FIRST = "kernfield.nd4j.loader";

    /**
     * Loads the natives, checks what they compute.
     *
     * @throws IllegalStateException in one sentence with what is wrong
     */
    static Nd4jRuntime start() {
        requireOneNd4j();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // ND4J looks for its own parts with this loader when it is first touched
        Thread.currentThread().setContextClassLoader(Nd4j.class.getClassLoader());
        try {
            return checked();
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException(StartFailure.sentence(e), e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** A process has room for the native libraries of one ND4J, whichever came first. */
    private static void requireOneNd4j() {
        String mine = Integer.toHexString(System.identityHashCode(Nd4j.class.getClassLoader()));
        Object first = System.getProperties().putIfAbsent(FIRST, mine);
        if (first != null && !first.equals(mine)) {
            throw new IllegalStateException(
                    "nd4j: another copy of ND4J's libraries has been loaded in this process;"
                            + " restart Kernfield to use the new one");
        }
    }

    /** JavaCPP takes the next place it knows, the temporary directory last, and is silent. */
    private static Optional<String> adviceWhereElse(Path file) {
        String cache = System.getProperty(CACHE);
        return cache == null || file.startsWith(Path.of(cache).toAbsolutePath())
                ? Optional.empty()
                : Optional.of(
                        ("nd4j: %s: native libraries cannot be unpacked there, so they are in %s;"
                                        + " make it writable, or start with -D%s=DIRECTORY")
                                .formatted(cache, file.getParent(), CACHE));
    }

    private static void log(String advice) {
        if (!IS_TOLD.getAndSet(true)) {
            LOG.warn("{}", advice);
        }
    }

    private static Nd4jRuntime checked() {
        Path file = Path.of(Loader.load(openblas.class)).resolveSibling("libopenblas.so.0");
        Optional<String> advice = adviceWhereElse(file);
        advice.ifPresent(Nd4jRuntime::log);
        String version = Nd4j.class.getPackage().getImplementationVersion();
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        NativeLibrary library = NativeLibrary.open(file);
        try {
            var algebra = new LapackAlgebra(Nd4jBackend.NAME, RANKING, library);
            Optional<String> fault = AlgebraSelfCheck.fault(algebra).or(BackendSelfCheck::fault);
            if (fault.isPresent()) {
                throw new IllegalStateException("it computes wrong numbers: " + fault.get());
            }
            return new Nd4jRuntime(
                    version == null ? "1.0.0-M2.1" : version, library, algebra, advice);
        } catch (RuntimeException | Error e) {
            library.close();
            throw e;
        }
    }
}
