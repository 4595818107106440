package io.regrade.bench;

import io.regrade.deployment.RealPrometheus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real Prometheus scrapes a real node_exporter every second and writes into a running Regrade, which is new and gets nothing
 * else; what one says it has sent is compared with what the other says it has dealt with. Arguments: the server's address,
 * seconds (600).
 */
public final class PrometheusRun {

    private static final String STORAGE = "prometheus_remote_storage_samples_";
    private static final Pattern COUNTED = Pattern.compile("regrade_samples_total\\{outcome=\"(\\w+)\"\\} ([0-9.E+]+)");

    private PrometheusRun() {}

    public static void main(String[] arguments) throws Exception {
        URI regrade = URI.create(arguments[0]);
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 600;
        Map<String, Long> before = counted(regrade);
        try (RealPrometheus prometheus =
                new RealPrometheus(Files.createTempDirectory("regrade-prometheus"), regrade, 1)) {
            for (int second = 0; second < seconds; second += 30) {
                Thread.sleep(30_000);
                System.out.printf("%4d s: %.0f samples sent%n", second + 30, prometheus.metric(STORAGE + "total"));
            }
            prometheus.stopExporter();
            Thread.sleep(15_000); // the last scrapes are sent
            double sent = prometheus.metric(STORAGE + "total");
            double failed = prometheus.metric(STORAGE + "failed_total");
            double dropped = prometheus.metric(STORAGE + "dropped_total");
            Map<String, Long> after = counted(regrade);
            long all = 0;
            for (Map.Entry<String, Long> one : after.entrySet()) {
                long count = one.getValue() - before.getOrDefault(one.getKey(), 0L);
                System.out.printf("Regrade: %d %s%n", count, one.getKey());
                all += count;
            }
            System.out.printf(
                    "Prometheus: %.0f samples sent, %.0f failed, %.0f dropped; Regrade: %d%n",
                    sent, failed, dropped, all);
            // It goes on to tell that nothing can be scraped, a few samples a second: what it sent is asked before and
            // after.
            double until = prometheus.metric(STORAGE + "total");
            System.exit(sent <= all && all <= until && failed == 0 ? 0 : 1);
        }
    }

    private static Map<String, Long> counted(URI regrade) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(regrade.resolve("/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString());
        Map<String, Long> counts = new TreeMap<>();
        Matcher matcher = COUNTED.matcher(answer.body());
        while (matcher.find()) {
            counts.put(matcher.group(1), Math.round(Double.parseDouble(matcher.group(2))));
        }
        return counts;
    }
}
