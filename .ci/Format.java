import com.google.googlejavaformat.java.Main;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks or applies google-java-format's AOSP style on every Java source below a directory.
 *
 * <p>A source file the JDK runs directly ({@code java -cp google-java-format.jar .ci/Format.java
 * check|apply DIR}), because the formatter needs the JDK the sources are written for and Maven may
 * run on an older one.
 */
public final class Format {

    private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");

    public static void main(String[] args) throws Exception {
        boolean applies = args[0].equals("apply");
        Path root = Path.of(args[1]);
        List<String> files = sourcesBelow(root);
        if (files.isEmpty()) {
            return;
        }
        var out = new PrintWriter(System.out, true);
        var command = new ArrayList<>(List.of("--aosp"));
        command.addAll(applies ? List.of("--replace") : List.of("-n", "--set-exit-if-changed"));
        command.addAll(files);
        int status =
                new Main(out, new PrintWriter(System.err, true), System.in)
                        .format(command.toArray(String[]::new));
        out.flush();
        if (status != 0 && !applies) {
            System.err.println(
                    "The files above are not formatted; run .ci/format and commit the result.");
        }
        System.exit(status);
    }

    private static List<String> sourcesBelow(Path root) throws IOException {
        var files = new ArrayList<String>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                        return SKIPPED.contains(dir.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                        if (file.toString().endsWith(".java")) {
                            files.add(file.toString());
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(null);
        return files;
    }
}
