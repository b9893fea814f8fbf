package org.kernfield.cpu.internal.code;

import java.util.function.Supplier;

/** Code made when it is first asked for, which can be made once more as a class of its own. */
final class Renewable<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile T code;

    Renewable(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T made = code;
        return made == null ? first() : made;
    }

    private synchronized T first() {
        code = code == null ? maker.get() : code;
        return code;
    }

    /** Makes it again: the just-in-time compiler knows nothing of the new one. */
    synchronized void renew() {
        code = maker.get();
    }
}
