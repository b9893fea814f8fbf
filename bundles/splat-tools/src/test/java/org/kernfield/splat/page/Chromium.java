package org.kernfield.splat.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless browser with one page, spoken to by its debugging protocol. */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final long SECONDS = 90;

    private final Path profile;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private int calls;

    private Chromium(String program, Path page) throws IOException, InterruptedException {
        profile = Files.createTempDirectory("kernfield-chromium");
        process =
                new ProcessBuilder(
                                program,
                                "--headless",
                                "--no-sandbox",
                                "--no-first-run",
                                "--use-gl=angle",
                                "--use-angle=swiftshader",
                                "--enable-unsafe-swiftshader",
                                "--force-device-scale-factor=1",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                page.toUri().toString())
                        .redirectErrorStream(true)
                        .start();
        socket = connect(endpoint());
    }

    /** The browser of this machine; empty where there is none. */
    static Optional<String> installed() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    static Chromium open(String program, Path page) throws IOException, InterruptedException {
        return new Chromium(program, page);
    }

    private URI endpoint() throws IOException, InterruptedException {
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream()));
        Pattern listening = Pattern.compile("DevTools listening on ws://([^/]+)/");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher matcher = listening.matcher(line);
            if (matcher.find()) {
                drain(lines);
                return page(matcher.group(1));
            }
        }
        throw new IOException("chromium ended with " + process.waitFor());
    }

    private static void drain(BufferedReader lines) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(line -> {}));
    }

    private URI page(String host) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + host + "/json")).build();
        Pattern address = Pattern.compile("ws://[^\"]+/devtools/page/[^\"]+");
        for (int k = 0; k < 100; k++) {
            Matcher matcher = address.matcher(http.send(request, BodyHandlers.ofString()).body());
            if (matcher.find()) {
                return URI.create(matcher.group());
            }
            Thread.sleep(100);
        }
        throw new IOException("chromium opened no page");
    }

    private WebSocket connect(URI address) {
        var listener =
                new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(
                            WebSocket from, CharSequence part, boolean isLast) {
                        text.append(part);
                        if (isLast) {
                            answers.add(text.toString());
                            text.setLength(0);
                        }
                        from.request(1);
                        return null;
                    }
                };
        return http.newWebSocketBuilder().buildAsync(address, listener).join();
    }

    /** The text that an expression of the page's language gives, or that it promises. */
    String evaluate(String expression) throws IOException, InterruptedException {
        int id = ++calls;
        String quoted = expression.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
        socket.sendText(
                        ("{\"id\":%d,\"method\":\"Runtime.evaluate\",\"params\":{\"expression\":"
                                        + "\"String(await (%s))\",\"replMode\":true,"
                                        + "\"awaitPromise\":true,\"returnByValue\":true}}")
                                .formatted(id, quoted),
                        true)
                .join();
        String answer;
        do {
            answer = answers.poll(SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException("chromium does not answer");
            }
        } while (!answer.startsWith("{\"id\":" + id + ","));
        Matcher value = Pattern.compile("\"value\":\"([^\"]*)\"").matcher(answer);
        if (!value.find()) {
            throw new IOException(answer);
        }
        return value.group(1);
    }

    /** Evaluates until the answer is neither empty nor {@code undefined}. */
    String await(String expression) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            String answer = evaluate(expression);
            if (!answer.isEmpty() && !answer.equals("undefined")) {
                return answer;
            }
            Thread.sleep(50);
        }
        throw new IOException("chromium waits for " + expression);
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        http.close();
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        try (var files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (java.io.UncheckedIOException | IOException e) {
            // a helper of the browser may still write there; the folder is a temporary one
        }
    }
}
