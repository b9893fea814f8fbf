package org.kernfield.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What a jar is known by.
 *
 * @param jar SHA-256 of the file, in hexadecimal digits
 * @param signers SHA-256 of the certificates, each of which has signed the whole content; empty if
 *     any file in it is unsigned or has been changed
 */
record Fingerprints(String jar, Set<String> signers) {
    private static final String SIGNATURES = "META-INF/";

    /**
     * Reads all of it.
     *
     * @throws IOException if it cannot be read, or unpacks to more than is good
     */
    static Fingerprints of(Path jar) throws IOException {
        Soundness.manifest(jar);
        var digest = sha256();
        try (InputStream in = Files.newInputStream(jar)) {
            in.transferTo(new DigestSink(digest));
        }
        return new Fingerprints(hex(digest), signers(jar));
    }

    private static Set<String> signers(Path jar) throws IOException {
        Set<String> all = null;
        try (var file = new JarFile(jar.toFile(), true)) {
            var entries = file.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.isDirectory() || isSignature(entry.getName())) {
                    continue;
                }
                // an entry's signers are known once all of it has been read
                Soundness.unpack(file, entry, OutputStream.nullOutputStream());
                Set<String> own = certificates(entry.getCodeSigners());
                if (all == null) {
                    all = own;
                } else {
                    all.retainAll(own);
                }
            }
        } catch (SecurityException changed) {
            return Set.of();
        }
        return all == null ? Set.of() : all;
    }

    /** Files that a signature consists of, which it cannot cover. */
    private static boolean isSignature(String name) {
        if (!name.startsWith(SIGNATURES) || name.indexOf('/', SIGNATURES.length()) >= 0) {
            return false;
        }
        return name.matches(".*/(MANIFEST\\.MF|SIG-[^/]*|[^/]*\\.(SF|RSA|DSA|EC))");
    }

    private static Set<String> certificates(CodeSigner[] signers) {
        var certificates = new LinkedHashSet<String>();
        if (signers != null) {
            Arrays.stream(signers)
                    .map(s -> s.getSignerCertPath().getCertificates().getFirst())
                    .forEach(c -> certificates.add(digest(c)));
        }
        return certificates;
    }

    private static String digest(Certificate certificate) {
        try {
            var digest = sha256();
            digest.update(certificate.getEncoded());
            return hex(digest);
        } catch (CertificateEncodingException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static final class DigestSink extends OutputStream {
        private final MessageDigest digest;

        DigestSink(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void write(int b) {
            digest.update((byte) b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }
    }
}
