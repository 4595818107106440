package io.regrade.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks a server as often as it answers, on so many connections: a process of its own, so that the server's time is the
 * server's. Each line of its input is a load: the URI, a file with a body in each line, connections, seconds, and how many
 * bytes an echo is to answer. For each it says how many were answered, in how many seconds, and how many bytes. It does as
 * little as it can: requests are ready as bytes, and of an answer only the status and the length are read.
 */
public final class HttpLoad {

    private static final int BUFFER = 1 << 16;

    private final URI uri;
    private final byte[][] requests;
    private final AtomicLong next = new AtomicLong();

    /** What one connection did. */
    private record Done(long answers, long bytes) {}

    private HttpLoad(URI uri, byte[][] requests) {
        this.uri = uri;
        this.requests = requests;
    }

    public static void main(String[] args) throws Exception {
        System.out.println("The load listens");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            URI uri = URI.create(words[0]);
            HttpLoad load = new HttpLoad(uri, requests(uri, Path.of(words[1]), Integer.parseInt(words[4])));
            System.out.println(load.run(Integer.parseInt(words[2]), Double.parseDouble(words[3])));
        }
    }

    private static byte[][] requests(URI uri, Path bodies, int answer) throws IOException {
        List<byte[]> requests = new ArrayList<>();
        for (String body : Files.readAllLines(bodies)) {
            byte[] bytes = body.getBytes(UTF_8);
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String head = "POST " + uri.getRawPath() + query + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nContent-Type: application/json\r\n" + EchoServer.BYTES + ": " + answer
                    + "\r\nContent-Length: " + bytes.length + "\r\n\r\n";
            byte[] request = new byte[head.length() + bytes.length];
            System.arraycopy(head.getBytes(ISO_8859_1), 0, request, 0, head.length());
            System.arraycopy(bytes, 0, request, head.length(), bytes.length);
            requests.add(request);
        }
        return requests.toArray(byte[][]::new);
    }

    private String run(int connections, double seconds) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long begun = System.nanoTime();
            long end = begun + (long) (seconds * 1e9);
            List<Future<Done>> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                all.add(threads.submit(() -> ask(end)));
            }
            long answers = 0;
            long bytes = 0;
            for (Future<Done> one : all) {
                answers += one.get().answers();
                bytes += one.get().bytes();
            }
            double took = (System.nanoTime() - begun) / 1e9;
            return String.format(Locale.ROOT, "%d %.6f %d", answers, took, bytes);
        } finally {
            threads.shutdown();
        }
    }

    private Done ask(long end) throws IOException {
        long answers = 0;
        long bytes = 0;
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
            OutputStream out = socket.getOutputStream();
            while (System.nanoTime() < end) {
                out.write(requests[(int) (next.getAndIncrement() % requests.length)]);
                bytes += answer(in);
                answers++;
            }
        }
        return new Done(answers, bytes);
    }

    /** Reads an answer; returns how many bytes its body has. */
    private static int answer(InputStream in) throws IOException {
        String status = line(in);
        int length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        if (length < 0) {
            throw new IOException("an answer without a length: " + status);
        }
        if (!status.startsWith("HTTP/1.1 200 ")) {
            throw new IOException(status + " " + new String(in.readNBytes(length), UTF_8));
        }
        in.skipNBytes(length);
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
