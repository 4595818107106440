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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a server at a steady pace, whether it keeps up or not, in a process of its own. {@code go SECONDS} asks for so long and
 * tells how long each answer took, counted from the moment it was due: an answer that had to wait for another one has waited.
 * Arguments: the URI, a file with a body in each line, connections, requests a second.
 */
public final class PacedLoad {

    private final URI uri;
    private final List<byte[]> requests = new ArrayList<>();
    private final int connections;
    private final double rate;

    private PacedLoad(URI uri, Path bodies, int connections, double rate) throws IOException {
        this.uri = uri;
        this.connections = connections;
        this.rate = rate;
        for (String body : Files.readAllLines(bodies)) {
            byte[] bytes = body.getBytes(UTF_8);
            String head = "POST " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
            byte[] request = new byte[head.length() + bytes.length];
            System.arraycopy(head.getBytes(ISO_8859_1), 0, request, 0, head.length());
            System.arraycopy(bytes, 0, request, head.length(), bytes.length);
            requests.add(request);
        }
    }

    public static void main(String[] args) throws Exception {
        PacedLoad load = new PacedLoad(
                URI.create(args[0]), Path.of(args[1]), Integer.parseInt(args[2]), Double.parseDouble(args[3]));
        System.out.println("The load listens");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(load.run(in));
        }
    }

    /** Asks until another line comes; answers failures, then microseconds. */
    private String run(BufferedReader in) throws IOException, InterruptedException {
        AtomicBoolean going = new AtomicBoolean(true);
        List<Connection> all = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            Connection one = new Connection(i, begun, going);
            all.add(one);
            one.start();
        }
        in.readLine();
        going.set(false);
        StringBuilder text = new StringBuilder();
        int failed = 0;
        for (Connection one : all) {
            one.join();
            failed += one.failed;
            one.micros.forEach(micros -> text.append(' ').append(micros));
        }
        return failed + text.toString();
    }

    private final class Connection extends Thread {
        private final int number;
        private final long begun;
        private final AtomicBoolean going;
        private final List<Long> micros = new ArrayList<>();
        private int failed;

        Connection(int number, long begun, AtomicBoolean going) {
            this.number = number;
            this.begun = begun;
            this.going = going;
        }

        @Override
        public void run() {
            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                socket.setTcpNoDelay(true);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream();
                for (int i = number; going.get(); i += connections) {
                    long due = begun + (long) (i / rate * 1e9);
                    while (System.nanoTime() < due) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    out.write(requests.get(i % requests.size()));
                    failed += answer(in) ? 0 : 1;
                    micros.add((System.nanoTime() - due) / 1000);
                }
            } catch (IOException e) {
                failed++;
            }
        }
    }

    private static boolean answer(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        in.skipNBytes(length);
        return status.startsWith("HTTP/1.1 200 ");
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
