package org.kernfield.itests.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sockets of a process on which others can reach it, as Linux tells them: those of TCP and of Unix
 * that listen, and those of UDP that have a port.
 *
 * <p>Source: proc_pid_net(5) and proc_pid_fd(5) of the Linux manual.
 */
final class OpenSockets {
    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
    private static final String TCP_LISTEN = "0A";
    private static final int ACCEPTS_CONNECTIONS = 0x10000;

    private OpenSockets() {}

    static boolean canBeSeen() {
        return Files.isReadable(Path.of("/proc/self/net/tcp"))
                && Files.isReadable(Path.of("/proc/self/net/unix"));
    }

    /** Protocol and address of each. */
    static List<String> of(long process) throws IOException {
        Path directory = Path.of("/proc", Long.toString(process));
        Set<String> own = inodes(directory.resolve("fd"));
        var open = new ArrayList<String>();
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6", "unix")) {
            Path table = directory.resolve("net").resolve(protocol);
            if (!Files.exists(table)) {
                // a kernel without IPv6
                continue;
            }
            for (String line : Files.readAllLines(table)) {
                String[] words = line.strip().split("\\s+");
                boolean isUnix = protocol.equals("unix");
                boolean isOpen =
                        isUnix
                                ? isUnixSocket(words) && own.contains(words[6])
                                : isInternetSocket(words, protocol) && own.contains(words[9]);
                if (isOpen) {
                    open.add(protocol + " " + words[isUnix ? words.length - 1 : 1]);
                }
            }
        }
        return open;
    }

    /** {@code sl local_address rem_address st … inode}; a line of words begins the table. */
    private static boolean isInternetSocket(String[] words, String protocol) {
        return words.length > 9
                && words[1].contains(":")
                && (protocol.startsWith("udp") || words[3].equals(TCP_LISTEN));
    }

    /** {@code Num RefCount Protocol Flags Type St Inode Path}. */
    private static boolean isUnixSocket(String[] words) {
        return words.length > 6
                && !words[3].equals("Flags")
                && (Integer.parseInt(words[3], 16) & ACCEPTS_CONNECTIONS) != 0;
    }

    private static Set<String> inodes(Path descriptors) throws IOException {
        var inodes = new HashSet<String>();
        try (var files = Files.newDirectoryStream(descriptors)) {
            for (Path file : files) {
                try {
                    var socket = SOCKET.matcher(Files.readSymbolicLink(file).toString());
                    if (socket.matches()) {
                        inodes.add(socket.group(1));
                    }
                } catch (NoSuchFileException closed) {
                    // meanwhile, as this directory's own
                }
            }
        }
        return inodes;
    }
}
