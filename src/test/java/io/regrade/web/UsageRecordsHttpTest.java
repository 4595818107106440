package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.web.Http.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Usage records over real HTTP from a real PostgreSQL; the moments are set there, so that sums can be made by hand. */
class UsageRecordsHttpTest {

    private static TestServer server;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        http = server.http;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void hold(String vm, double price) {
        http.put(
                "/v1/vms/" + vm,
                Samples.vm(vm, 1, 4)
                        .put("owner", vm + "-team")
                        .put("price_usd_hour", price)
                        .toString());
    }

    private static List<JsonNode> rows(String vm, String query) {
        Reply reply = http.get("/v1/usage-records?owner=" + vm + "-team" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        List<JsonNode> rows = new java.util.ArrayList<>();
        reply.json().get("usage_records").forEach(rows::add);
        return rows;
    }

    private static void set(String vm, double price, String since, String until) {
        server.execute("update usage_record set since = '" + since + "', until = "
                + (until == null ? "null" : "'" + until + "'") + " where vm = '" + vm + "' and price_usd_hour = "
                + price);
    }

    @Test
    void aMachine_isChargedByMonthAndPrice() {
        hold("shop-1", 0.5);
        hold("shop-1", 0.25);
        http.delete("/v1/vms/shop-1");
        // 48 h of January and 36 h of February at $0.50, then 12 h at $0.25.
        set("shop-1", 0.5, "2025-01-30T00:00:00Z", "2025-02-02T12:00:00Z");
        set("shop-1", 0.25, "2025-02-02T12:00:00Z", "2025-02-03T00:00:00Z");

        List<JsonNode> rows = rows("shop-1", "&from=2025-01-01T00:00:00Z&until=2025-03-01T00:00:00Z");

        assertThat(rows).extracting(row -> row.get("BilledCost").asText()).containsExactly("24", "18", "3");
        assertThat(rows).extracting(row -> row.get("ConsumedQuantity").asText()).containsExactly("48", "36", "12");
        // It has 8 vCPU and 32 GiB.
        assertThat(rows).extracting(row -> row.get("x_VcpuHours").asText()).containsExactly("384", "288", "96");
        assertThat(rows).extracting(row -> row.get("x_MemoryGibHours").asText()).containsExactly("1536", "1152", "384");
        assertThat(rows.get(0).get("ChargePeriodEnd").asText()).isEqualTo("2025-02-01T00:00:00Z");
        assertThat(rows.get(1).get("BillingPeriodStart").asText()).isEqualTo("2025-02-01T00:00:00Z");
        assertThat(rows.get(1).get("BillingPeriodEnd").asText()).isEqualTo("2025-03-01T00:00:00Z");
        assertThat(rows.get(2).get("SkuId").asText()).isEqualTo("m5.2xlarge");

        List<JsonNode> part = rows("shop-1", "&from=2025-02-02T00:00:00Z&until=2025-02-02T18:00:00Z");
        assertThat(part).extracting(row -> row.get("BilledCost").asText()).containsExactly("6", "1.5");
    }

    @Test
    void aChange_thatCostsNothing_beginsNoRecord_andWhatGoesOnIsCountedUntilNow() {
        hold("still-1", 0.5);
        http.put(
                "/v1/vms/still-1",
                Samples.vm("still-1", 3, 9)
                        .put("owner", "still-1-team")
                        .put("price_usd_hour", 0.5)
                        .toString());
        set("still-1", 0.5, "2025-02-28T12:00:00Z", null);

        // It is noon of the first of March here.
        List<JsonNode> rows = rows("still-1", "&from=2025-01-01T00:00:00Z");
        assertThat(rows).extracting(row -> row.get("ConsumedQuantity").asText()).containsExactly("12", "12");
        assertThat(rows("still-1", "")).as("this month").hasSize(1);
    }

    @Test
    void anUnknownPrice_isNoCost_andOwnersAreChargedApart() {
        http.put(
                "/v1/vms/free-1",
                Samples.vm("free-1", 1, 4)
                        .put("owner", "free-1-team")
                        .putNull("price_usd_hour")
                        .toString());
        server.execute("update usage_record set since = '2025-02-28T12:00:00Z' where vm = 'free-1'");

        JsonNode row = rows("free-1", "&from=2025-03-01T00:00:00Z").get(0);
        assertThat(row.has("BilledCost")).isFalse();
        assertThat(row.get("ConsumedQuantity").asText()).isEqualTo("12");
        assertThat(row.get("BillingAccountId").asText()).isEqualTo("free-1-team");
    }

    @Test
    void asCsv_ithasTheColumnsOfFocus_andPages() {
        hold("csv-1", 0.5);
        hold("csv-1", 0.25);
        set("csv-1", 0.5, "2025-02-10T00:00:00Z", "2025-02-10T01:00:00Z");
        set("csv-1", 0.25, "2025-02-10T01:00:00Z", "2025-02-10T02:00:00Z");

        Reply first =
                http.get("/v1/usage-records?owner=csv-1-team&from=2025-02-01T00:00:00Z&limit=1", "Accept", "text/csv");
        List<String> lines = first.text().lines().toList();
        assertThat(lines.get(0)).startsWith("BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,");
        assertThat(lines.get(1))
                .startsWith("0.5,csv-1-team,csv-1-team,USD,2025-03-01T00:00:00Z,2025-02-01T00:00:00Z,Usage");
        assertThat(lines).hasSize(2);
        String next = first.header("Link").replaceAll(".*<(.*)>.*", "$1");
        assertThat(http.get(next, "Accept", "text/csv").text().lines().toList().get(1))
                .startsWith("0.25,csv-1-team");
        assertThat(http.get("/v1/usage-records?from=2025-02-01T00:00:00Z&until=2025-01-01T00:00:00Z")
                        .status())
                .isEqualTo(400);
    }
}
