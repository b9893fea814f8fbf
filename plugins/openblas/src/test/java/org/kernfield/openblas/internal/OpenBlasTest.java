package org.kernfield.openblas.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.lapack.AlgebraSelfCheck;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** A library is found, checked, used and unmapped. */
class OpenBlasTest {
    @TempDir Path directory;

    private static boolean isMapped(String file) throws IOException {
        return Files.readString(Path.of("/proc/self/maps")).contains(file);
    }

    /** A copy, so that other tests' libraries do not count. */
    private Path copy() throws IOException {
        Found.onThisMachine().close();
        for (String place : new String[] {"/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib"}) {
            Path library = Path.of(place, "libopenblas.so.0");
            if (Files.exists(library)) {
                return Files.copy(library.toRealPath(), directory.resolve("libcopied.so"));
            }
        }
        Assumptions.abort("SKIPPED, NOT TESTED: no file to copy");
        throw new IllegalStateException();
    }

    @Test
    void unmapsItsLibraryWhenItIsClosed() throws IOException {
        Path copy = copy();
        var openBlas = OpenBlas.find(new LibrarySearch(copy.toString(), directory));
        assertThat(isMapped("libcopied.so")).isTrue();
        openBlas.close();
        assertThat(openBlas.library().isUnmapped()).isTrue();
        assertThat(isMapped("libcopied.so")).isFalse();
        assertThatThrownBy(() -> openBlas.algebra().potrf(Array.of(1, 4.0)))
                .hasMessageContaining("used after it was closed");
    }

    @Test
    void staysMappedUntilTheCallsHaveReturned() throws Exception {
        Path copy = copy();
        var openBlas = OpenBlas.find(new LibrarySearch(copy.toString(), directory));
        var begun = new CountDownLatch(1);
        var failure = new AtomicReference<Throwable>();
        var resources =
                new Resources(
                        Workers.SERIAL,
                        Budget.unlimited(),
                        () -> {
                            begun.countDown();
                            return false;
                        });
        int n = 1500;
        Array a = identity(n);
        Array c = Array.zeros(ElementType.F64, n, n);
        Thread caller =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        openBlas.algebra()
                                                .with(resources)
                                                .gemm(1, a, false, a, false, 0, c);
                                    } catch (Throwable e) {
                                        failure.set(e);
                                    }
                                });
        begun.await();
        openBlas.close();
        caller.join();
        assertThat(failure.get()).isNull();
        for (int i = 0; i < n; i++) {
            assertThat(c.get((long) i * n + i)).isEqualTo(1);
        }
        assertThat(isMapped("libcopied.so")).isFalse();
    }

    private static Array identity(int n) {
        Array a = Array.zeros(ElementType.F64, n, n);
        for (int i = 0; i < n; i++) {
            a.set((long) i * n + i, 1);
        }
        return a;
    }

    /** An eigenproblem of order 700 takes longer than a cancellation may. */
    @Test
    void leavesALongCallWhenItIsCancelled() throws Exception {
        Path copy = copy();
        var openBlas = OpenBlas.find(new LibrarySearch(copy.toString(), directory));
        var budget = new Budget(1_000_000_000);
        var looks = new java.util.concurrent.atomic.AtomicInteger();
        var resources = new Resources(Workers.SERIAL, budget, () -> looks.incrementAndGet() > 2);
        int n = 1200;
        Array a = identity(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a.set((long) i * n + j, Math.sin(i * 12.9898 + j * 78.233 + i * j));
            }
        }
        assertThatThrownBy(
                        () ->
                                openBlas.algebra()
                                        .with(resources)
                                        .symmetricEigen(a, Array.zeros(ElementType.F64, n, 1)))
                .isInstanceOf(CancellationException.class);
        openBlas.close();
        long end = System.nanoTime() + 60_000_000_000L;
        while ((!openBlas.library().isUnmapped() || budget.used() > 0) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(budget.used()).isZero();
        assertThat(isMapped("libcopied.so")).isFalse();
    }

    @Test
    void saysWhatWasWrongAtEachPlace() throws IOException {
        assertThatThrownBy(() -> OpenBlas.find(new LibrarySearch("/no/such/lib.so", directory)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/no/such/lib.so")
                .hasMessageContaining("; install libopenblas0-pthread")
                .message()
                .doesNotContain("\n");
        Path text = Files.writeString(directory.resolve("libopenblas.so.0"), "no library");
        assertThatThrownBy(() -> OpenBlas.find(new LibrarySearch(text.toString(), directory)))
                .hasMessageContaining(text.toString());
        assertThatThrownBy(() -> OpenBlas.find(new LibrarySearch("libm.so.6", directory)))
                .hasMessageContaining("libm.so.6");
        assertThatThrownBy(() -> OpenBlas.find(new LibrarySearch("none", directory)))
                .hasMessageContaining("turned off");
    }

    /** Its pages that are missing would end the process; the loader does not look. */
    @Test
    void refusesALibraryThatWasUnpackedInPartBeforeItIsLoaded() throws IOException {
        Path whole = mathematics();
        byte[] bytes = Files.readAllBytes(whole);
        Path half = directory.resolve("libopenblas.so.0");
        for (int length : new int[] {bytes.length - 1, bytes.length / 2, 64, 10, 0}) {
            Files.write(half, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> SharedObject.requireComplete(half))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(half + " is incomplete; delete it, or copy it again");
        }
        assertThatThrownBy(() -> OpenBlas.find(new LibrarySearch(half.toString(), directory)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("openblas: " + half + " is incomplete; delete it");
        SharedObject.requireComplete(whole);
        SharedObject.requireComplete(directory.resolve("no-such-file"));
        SharedObject.requireComplete(
                Files.writeString(directory.resolve("script"), "INPUT(x) ".repeat(10)));
    }

    @Test
    void goesOnToTheNextPlaceWhateverIsWrongWithOne() throws IOException {
        Found.onThisMachine().close();
        var places = new ArrayList<LibrarySearch.Place>();
        places.add(
                new LibrarySearch.Place(
                        "odd",
                        () -> {
                            throw new ArithmeticException("no eigenvalues");
                        }));
        assertThatThrownBy(() -> OpenBlas.find(places)).hasMessageContaining("odd no eigenvalues");
        Path half = Files.write(directory.resolve("libopenblas.so.0"), new byte[10]);
        places.addAll(new LibrarySearch(null, directory).places());
        try (var openBlas = OpenBlas.find(places)) {
            assertThat(openBlas.library().name()).isNotEqualTo(half.toString());
        }
    }

    /** There, openblas_set_num_threads counts for the calling thread only. */
    @Test
    void refusesALibraryWhoseThreadsAreOpenMp() throws Exception {
        Path source = directory.resolve("parallel.c");
        Files.writeString(source, "int openblas_get_parallel(void) { return 2; }");
        Path library = directory.resolve("libparallel.so");
        Assumptions.assumeTrue(
                isCompiled("cc", "-shared", "-o", library.toString(), source.toString()),
                "SKIPPED, NOT TESTED: no compiler to make such a library");
        assertThatThrownBy(() -> OpenBlas.find(new LibrarySearch(library.toString(), directory)))
                .hasMessageContaining(library + ": computes on threads of OpenMP")
                .message()
                .doesNotContain("\n");
    }

    private static boolean isCompiled(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path mathematics() {
        Path file = Path.of("/usr/lib/x86_64-linux-gnu/libm.so.6");
        Assumptions.assumeTrue(Files.exists(file), "SKIPPED, NOT TESTED: no " + file);
        return file;
    }

    @Test
    void refusesALibraryThatLacksLapack() {
        Path mathematics = mathematics();
        assertThatThrownBy(
                        () -> OpenBlas.find(new LibrarySearch(mathematics.toString(), directory)))
                .hasMessageContaining("has no function cblas_sgemm");
    }

    @Test
    void looksFirstAtTheSettingThenAtWhatIsUnpackedThenAtTheSystem() throws IOException {
        assertThat(new LibrarySearch("/a/b.so", directory).places())
                .extracting(LibrarySearch.Place::name)
                .containsExactly("/a/b.so");
        Path unpacked = directory.resolve("openblas-0.3.31/linux-x86_64");
        Files.createDirectories(unpacked);
        Path file = Files.createFile(unpacked.resolve("libopenblas.so.0"));
        assertThat(new LibrarySearch(null, directory).places())
                .extracting(LibrarySearch.Place::name)
                .containsExactly(file.toString(), "libopenblas.so.0");
    }

    /** As OpenBLAS 0.3.19 does with AVX-512: numbers that look like a factor and are none. */
    @Test
    void theCheckFindsWrongFactorsAndWrongProducts() {
        try (var openBlas = Found.onThisMachine()) {
            assertThat(AlgebraSelfCheck.fault(openBlas.algebra())).isEmpty();
            assertThat(AlgebraSelfCheck.fault(spoiled(openBlas.algebra(), "potrf", 0)))
                    .hasValueSatisfying(f -> assertThat(f).contains("Cholesky"));
            assertThat(AlgebraSelfCheck.fault(spoiled(openBlas.algebra(), "gemm", 6)))
                    .hasValueSatisfying(f -> assertThat(f).contains("product"));
        }
    }

    /** Does what {@code right} does, then adds 0.1 to a number of one call's result. */
    private static LinearAlgebra spoiled(LinearAlgebra right, String call, int result) {
        return (LinearAlgebra)
                Proxy.newProxyInstance(
                        LinearAlgebra.class.getClassLoader(),
                        new Class<?>[] {LinearAlgebra.class},
                        (self, method, arguments) -> {
                            try {
                                Object value = method.invoke(right, arguments);
                                if (method.getName().equals(call)) {
                                    var array = (Array) arguments[result];
                                    array.set(0, array.get(0) + 0.1);
                                }
                                return value;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
