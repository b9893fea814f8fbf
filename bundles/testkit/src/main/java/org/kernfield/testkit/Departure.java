package org.kernfield.testkit;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/** Visits of a plugin: it comes with classes of its own, does something and goes again. */
public final class Departure {
    private static final int COLLECTIONS = 50;
    private static final long PAUSE_MILLIS = 100;

    /** Length of the longest array. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    /** Collections that an orderly plugin needs at most, unless the JDK keeps softly what it is. */
    private static final int PATIENCE = 5;

    private Departure() {}

    /**
     * Lets a copy of the plugin come, work and go, and demands that nothing keeps its classes and
     * no thread stays.
     *
     * @param <P> what the plugin is a service of
     * @param <R> what stays, of classes that are not the plugin's
     * @param plugin of whose class the copy is, a public one with a public constructor without
     *     parameters; closed before it goes, if it can be
     * @throws AssertionError naming what was kept
     */
    public static <P, R> R visit(Class<P> service, P plugin, Function<P, R> work) {
        var group = new ThreadGroup("visit");
        var stays = new Object[1];
        WeakReference<ClassLoader> loader =
                onAThreadOf(group, () -> visited(service, plugin.getClass(), work, stays));
        for (int k = 0; k < COLLECTIONS; k++) {
            if (k == PATIENCE) {
                clearSoftReferences();
            }
            System.gc();
            if (loader.get() == null) {
                requireNoThreads(plugin.getClass(), group);
                @SuppressWarnings("unchecked")
                R result = (R) stays[0];
                return result;
            }
            pause();
        }
        throw new AssertionError(
                "%s: its class loader is held after it has gone; threads that came with it: %s"
                        .formatted(plugin.getClass().getName(), names(group)));
    }

    /** As the engine calls plugins: on threads that end, with what was left in their locals. */
    private static WeakReference<ClassLoader> onAThreadOf(
            ThreadGroup group, Callable<WeakReference<ClassLoader>> visit) {
        var task = new FutureTask<>(visit);
        Thread.ofPlatform().group(group).start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A frame of its own, so that nothing of the plugin is left on the stack. */
    private static <P, R> WeakReference<ClassLoader> visited(
            Class<P> service, Class<?> plugin, Function<P, R> work, Object[] stays) {
        try (var loader = new PluginLoader(plugin)) {
            P copy = service.cast(loader.instance());
            stays[0] = work.apply(copy);
            if (copy instanceof AutoCloseable closeable) {
                closeable.close();
            }
            return new WeakReference<>(loader);
        } catch (IOException e) {
            throw new AssertionError(plugin + ": its classes cannot be read", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(plugin + ": it does not close: " + e, e);
        }
    }

    /** Method handles of the JDK keep the types they were last asked for, until memory is short. */
    private static void clearSoftReferences() {
        var filling = new ArrayList<long[]>();
        try {
            while (true) {
                // one is as long as the heap, unless no array is
                filling.add(new long[(int) Math.min(MOST, Runtime.getRuntime().maxMemory() / 8)]);
            }
        } catch (OutOfMemoryError expected) {
            // thrown after everything that is only softly reachable was let go
            filling.clear();
        }
    }

    /** An idle thread of a pool keeps no class of the plugin, yet it stays. */
    private static void requireNoThreads(Class<?> plugin, ThreadGroup group) {
        for (int k = 0; k < COLLECTIONS && !names(group).isEmpty(); k++) {
            pause();
        }
        List<String> left = names(group);
        if (!left.isEmpty()) {
            throw new AssertionError(
                    "%s: threads that came with it stay after it has gone: %s"
                            .formatted(plugin.getName(), left));
        }
    }

    /** Threads begun during the visit, without those of classes of libraries that stay. */
    private static List<String> names(ThreadGroup group) {
        var threads = new Thread[2 * group.activeCount() + 8];
        int count = group.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .filter(t -> !isShared(t.getClass().getClassLoader()))
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    private static boolean isShared(ClassLoader ofThread) {
        return ofThread != null && !(ofThread instanceof PluginLoader);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
