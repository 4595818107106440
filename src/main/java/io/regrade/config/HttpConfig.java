package io.regrade.config;

/**
 * The server's door.
 *
 * @param host the address it listens at; the loopback address lets only this machine in
 * @param port the port, 0 for any that is free
 * @param maxBodyMib the largest body of a request, after decompression, MiB
 * @param workers threads that evaluate
 * @param queue requests that may wait for a worker; more are answered with 503
 * @param maxPendingMib the most that all waiting bodies may take together, MiB; more are answered with 503
 * @param drainSeconds how long requests under way may take to end when the server stops
 */
public record HttpConfig(
        String host, int port, int maxBodyMib, int workers, int queue, int maxPendingMib, int drainSeconds) {

    /** This door at another port. */
    public HttpConfig withPort(int other) {
        return new HttpConfig(host, other, maxBodyMib, workers, queue, maxPendingMib, drainSeconds);
    }

    /** The largest body in bytes. */
    public long maxBodyBytes() {
        return (long) maxBodyMib << 20;
    }

    /** The most that all waiting bodies may take together, in bytes. */
    public long maxPendingBytes() {
        return (long) maxPendingMib << 20;
    }
}
