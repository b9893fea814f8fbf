package org.kernfield.cpu.internal.code;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Defines one hidden class that implements a one-method interface of this package. The class is not
 * strong: it goes when its instance does, and never outlives the bundle.
 */
final class HiddenClass {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private HiddenClass() {}

    /**
     * @param name for profiles and stack traces
     * @param body writes the interface's method, including its return
     */
    static <T> T implement(Class<T> code, String name, Consumer<CodeBuilder> body) {
        return implement(code, name, body, Optional.empty());
    }

    /**
     * A static method that the interface's method calls under the same name.
     *
     * @param type without {@code self}, which it is never given
     * @param body writes it, including its return
     */
    record Part(MethodTypeDesc type, Consumer<CodeBuilder> body) {}

    /** The class's own name. */
    static ClassDesc self(String name) {
        return ClassDesc.of(
                HiddenClass.class.getPackageName(), name.replaceAll("[^A-Za-z0-9]", "_"));
    }

    /**
     * The same with one more method.
     *
     * @param part what a loop does in each turn, which the just-in-time compiler makes faster code
     *     of when it is a method of its own
     */
    static <T> T implement(
            Class<T> code, String name, Consumer<CodeBuilder> body, Optional<Part> part) {
        Method method = code.getDeclaredMethods()[0];
        var parameters = new ClassDesc[method.getParameterCount()];
        for (int k = 0; k < parameters.length; k++) {
            parameters[k] = method.getParameterTypes()[k].describeConstable().orElseThrow();
        }
        var type = MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
        var self = self(name);
        byte[] bytes =
                ClassFile.of(ClassFile.StackMapsOption.STACK_MAPS_WHEN_REQUIRED)
                        .build(
                                self,
                                c -> {
                                    c.withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC)
                                            .withInterfaceSymbols(
                                                    code.describeConstable().orElseThrow())
                                            .withMethodBody(
                                                    ConstantDescs.INIT_NAME,
                                                    ConstantDescs.MTD_void,
                                                    0,
                                                    b ->
                                                            b.aload(0)
                                                                    .invokespecial(
                                                                            ConstantDescs.CD_Object,
                                                                            ConstantDescs.INIT_NAME,
                                                                            ConstantDescs.MTD_void)
                                                                    .return_())
                                            .withMethodBody(
                                                    method.getName(),
                                                    type,
                                                    ClassFile.ACC_PUBLIC,
                                                    body);
                                    part.ifPresent(
                                            p ->
                                                    c.withMethodBody(
                                                            method.getName(),
                                                            p.type,
                                                            ClassFile.ACC_STATIC,
                                                            p.body));
                                });
        try {
            var hidden = LOOKUP.defineHiddenClass(bytes, true);
            return code.cast(
                    hidden.findConstructor(
                                    hidden.lookupClass(),
                                    java.lang.invoke.MethodType.methodType(void.class))
                            .invoke());
        } catch (Throwable e) {
            throw new IllegalStateException(
                    "cpu: " + name + " cannot be compiled: " + e.getMessage(), e);
        }
    }
}
