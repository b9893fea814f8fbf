package org.kernfield.engine.internal;

import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Resources;
import org.kernfield.reference.ReferenceLinearAlgebra;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** The reference under another name and ranking, which does something before each call. */
final class HookedAlgebra {
    final AtomicInteger calls = new AtomicInteger();
    volatile Runnable before = () -> {};

    private final String name;
    private final int ranking;

    HookedAlgebra(String name, int ranking) {
        this.name = name;
        this.ranking = ranking;
    }

    LinearAlgebra service() {
        return around(new ReferenceLinearAlgebra());
    }

    private LinearAlgebra around(LinearAlgebra own) {
        return (LinearAlgebra)
                Proxy.newProxyInstance(
                        LinearAlgebra.class.getClassLoader(),
                        new Class<?>[] {LinearAlgebra.class},
                        (self, method, arguments) ->
                                switch (method.getName()) {
                                    case "name" -> name;
                                    case "ranking" -> ranking;
                                    case "with" -> around(own.with((Resources) arguments[0]));
                                    case "hashCode" -> System.identityHashCode(self);
                                    case "equals" -> self == arguments[0];
                                    default -> {
                                        before.run();
                                        calls.incrementAndGet();
                                        try {
                                            yield method.invoke(own, arguments);
                                        } catch (InvocationTargetException e) {
                                            throw e.getCause();
                                        }
                                    }
                                });
    }
}
