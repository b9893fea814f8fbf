package org.kernfield.launcher;

/** One command and out, or a conversation. */
enum Mode {
    BATCH,
    SHELL;

    /** No arguments on a terminal mean the shell; elsewhere they are a command's to refuse. */
    static Mode of(String[] args) {
        if (args.length > 0) {
            return args[0].equals("shell") ? SHELL : BATCH;
        }
        var console = System.console();
        return console != null && console.isTerminal() ? SHELL : BATCH;
    }

    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
