package org.kernfield.nd4j.internal;

/** Why ND4J did not start, in a user's words. */
final class StartFailure {
    private StartFailure() {}

    static String sentence(Throwable thrown) {
        Throwable root = thrown;
        var words = new StringBuilder();
        while (true) {
            words.append(root).append(' ');
            if (root.getCause() == null || root.getCause() == root) {
                break;
            }
            root = root.getCause();
        }
        return "nd4j: " + remedy(words.toString(), root);
    }

    private static String remedy(String words, Throwable root) {
        String cache = System.getProperty(Nd4jRuntime.CACHE, "~/.javacpp/cache");
        if (words.contains("No space left")) {
            return cache
                    + ": the disk is full while native libraries are unpacked; free 450 MB, or"
                    + " start with -D"
                    + Nd4jRuntime.CACHE
                    + "=DIRECTORY";
        }
        if (words.contains("AccessDenied")
                || words.contains("Permission denied")
                || words.contains("Could not create the cache")
                || words.contains("not writable")) {
            return cache
                    + ": native libraries cannot be unpacked there; make it writable, or start with"
                    + " -D"
                    + Nd4jRuntime.CACHE
                    + "=DIRECTORY";
        }
        if (words.contains("IllegalCallerException") || words.contains("Illegal native access")) {
            return "native access is not allowed; start java with"
                    + " --enable-native-access=ALL-UNNAMED";
        }
        if (root instanceof UnsatisfiedLinkError || words.contains("UnsatisfiedLinkError")) {
            return "its native libraries cannot be loaded ("
                    + oneLine(root)
                    + "); install the jars of this platform, or delete "
                    + cache;
        }
        return oneLine(root) + "; remove the plugin nd4j, or install it anew";
    }

    private static String oneLine(Throwable root) {
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return message.lines().findFirst().orElse(root.toString());
    }
}
