package org.kernfield.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Content hash of a kernel: same precision, slots, program and support, same fingerprint. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Kernel kernel) {
        var text = new StringBuilder();
        if (kernel.precision() == Precision.F64) {
            text.append("precision F64\n");
        }
        kernel.slots().forEach(s -> text.append(s).append('\n'));
        kernel.outputs()
                .forEach(o -> text.append(o.name()).append(' ').append(o.width()).append('\n'));
        text.append(kernel.program().listing());
        kernel.support()
                .ifPresent(
                        s -> {
                            text.append("support ").append(s.slot()).append('\n');
                            var bounds = new java.util.ArrayList<Expr>();
                            s.low().forEach(bounds::add);
                            s.high().forEach(bounds::add);
                            text.append(Program.of(bounds).listing());
                        });
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
