package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.web.Http.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InventoryHttpTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";
    private static final String VMS_HEADER =
            "id,name,cloud,region,type,arch,vcpu,memory_gib,network_gbps,os,price_usd_hour,group,owner\n";

    private TestServer server;
    private Http http;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        http = server.http;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void put_createsThenReplaces_andGetGivesItBack() {
        String body = Samples.vm("a", 1, 4).put("owner", "shop").toString();

        Reply created = http.put("/v1/vms/a", body);
        assertThat(created.status()).isEqualTo(201);
        assertThat(http.put("/v1/vms/a", body).status()).isEqualTo(200);

        Reply read = http.get("/v1/vms/a");
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.json().get("owner").asText()).isEqualTo("shop");
        assertThat(read.json().at("/usage_summary/0/p99").asDouble()).isEqualTo(1);
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag")).startsWith("\"sha256:");
        assertThat(http.get("/v1/vms/a", "If-None-Match", read.header("ETag")).status())
                .isEqualTo(304);
        assertThat(http.get("/v1/vms/a", "If-None-Match", "\"other\"").status()).isEqualTo(200);
    }

    @Test
    void put_takesTheIdOfThePath() {
        assertThat(http.put("/v1/targets/t%2F1", "{\"vcpu\":2,\"memory_gib\":8}")
                        .status())
                .isEqualTo(201);
        assertThat(http.get("/v1/targets/t%2F1").json().get("id").asText()).isEqualTo("t/1");
        Reply other = http.put("/v1/targets/t", "{\"id\":\"u\"}");
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.json().at("/errors/0/pointer").asText()).isEqualTo("/id");
    }

    @Test
    void put_withAnExpectation_failsWhenItDoesNotHold() {
        String tag = http.put("/v1/targets/t", "{\"vcpu\":2}").header("ETag");
        String newer =
                http.put("/v1/targets/t", "{\"vcpu\":4}", "If-Match", tag).header("ETag");

        Reply late = http.put("/v1/targets/t", "{\"vcpu\":8}", "If-Match", tag);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.json().get("detail").asText()).isEqualTo("`t` has changed since it was read");
        assertThat(http.put("/v1/targets/t", "{}", "If-None-Match", "*").status())
                .isEqualTo(412);
        assertThat(http.put("/v1/targets/new", "{}", "If-Match", "*").status()).isEqualTo(412);
        assertThat(http.delete("/v1/targets/t", "If-Match", tag).status()).isEqualTo(412);
        assertThat(http.get("/v1/targets/t").json().get("vcpu").asInt()).isEqualTo(4);
        assertThat(http.delete("/v1/targets/t", "If-Match", "\"x\", " + newer).status())
                .isEqualTo(204);
    }

    @Test
    void delete_forgets() {
        http.put("/v1/vms/a", "{}");
        assertThat(http.delete("/v1/vms/a").status()).isEqualTo(204);
        assertThat(http.get("/v1/vms/a").status()).isEqualTo(404);
        assertThat(http.delete("/v1/vms/a").status()).isEqualTo(404);
        assertThat(http.delete("/v1/targets/a").status()).isEqualTo(404);
    }

    @Test
    void post_ofNdjson_putsAll() {
        String body = Samples.vm("a", 1, 4) + "\n\n" + Samples.vm("b", 1, 4) + "\n";

        assertThat(http.post("/v1/vms", NDJSON, body).json().toString()).isEqualTo("{\"created\":2,\"replaced\":0}");
        assertThat(http.post("/v1/vms", NDJSON, body).json().toString()).isEqualTo("{\"created\":0,\"replaced\":2}");
        assertThat(http.post(
                                "/v1/targets",
                                NDJSON,
                                Samples.targets().get(0) + "\n"
                                        + Samples.targets().get(1))
                        .json()
                        .toString())
                .isEqualTo("{\"created\":2,\"replaced\":0}");
    }

    @Test
    void post_withBadLines_takesNothingAndListsThemAll() {
        String body = "{\"id\":\"a\",\"vcpu\":2}\n{\"id\":\"b\",\"vcpu\":-2,\"memory_gib\":0}\nno json\n"
                + "{\"id\":\"a\"}\n[]\n{\"vcpu\":1}\n";

        Reply reply = http.post("/v1/vms", NDJSON, body);

        assertThat(reply.status()).isEqualTo(400);
        List<String> places = new ArrayList<>();
        for (JsonNode error : reply.json().get("errors")) {
            places.add(error.get("line").asInt() + " " + error.path("pointer").asText());
        }
        assertThat(places).containsExactly("2 /vcpu", "2 /memory_gib", "3 ", "4 /id", "5 ", "6 /id");
        assertThat(http.get("/v1/vms").json().get("vms")).isEmpty();
        assertThat(http.post("/v1/vms", NDJSON, "\n").status()).isEqualTo(400);
    }

    @Test
    void post_ofCsv_describesAndKeepsWhatElseIsHeld() {
        http.put("/v1/vms/a", Samples.vm("a", 1, 4).toString());

        Reply reply = http.post(
                "/v1/vms",
                CSV + "; charset=utf-8",
                VMS_HEADER + "a,renamed,aws,eu-west-1,m5.large,x86_64,2,8,,ubuntu-24.04,0.107,,shop\n"
                        + "b,,aws,,,,,,,,,,\n");

        assertThat(reply.json().toString()).isEqualTo("{\"created\":1,\"replaced\":1}");
        JsonNode a = http.get("/v1/vms/a").json();
        assertThat(a.get("name").asText()).isEqualTo("renamed");
        assertThat(a.get("vcpu").asInt()).isEqualTo(2);
        assertThat(a.get("usage_summary")).hasSize(2);
    }

    @Test
    void post_ofBadCsv_namesTheLines() {
        Reply reply =
                http.post("/v1/vms", CSV, VMS_HEADER + "a,,aws,,,,many,,,,,,\nb,,aws,,,,-1,,,,,,\na,,aws,,,,,,,,,,\n");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("errors").findValuesAsText("line")).containsExactly("2", "3", "4");
        assertThat(http.post("/v1/targets", CSV, "id,vcpu\n").status()).isEqualTo(400);
        assertThat(http.get("/v1/vms").json().get("vms")).isEmpty();
    }

    @Test
    void post_ofCsvTargets_putsThem() {
        Reply reply = http.post(
                "/v1/targets",
                CSV,
                "id,cloud,region,type,arch,vcpu,memory_gib,storage_gib,network_gbps,disk_mbps,disk_iops,gpu,os,burstable,"
                        + "price_usd_hour\nm5.large,aws,eu-west-1,m5.large,x86_64,2,8,,10,,,,linux,false,0.107\n");

        assertThat(reply.json().get("created").asInt()).isEqualTo(1);
        assertThat(http.get("/v1/targets/m5.large").json().get("burstable").asBoolean())
                .isFalse();
    }

    @Test
    void list_goesByIdInPages() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 7; i++) {
            body.append("{\"id\":\"vm-").append(i).append("\"}\n");
        }
        http.post("/v1/vms", NDJSON, body.toString());

        List<String> seen = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = http.get("/v1/vms?limit=3" + cursor).json();
            seen.addAll(page.get("vms").findValuesAsText("id"));
            cursor = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
            pages++;
        } while (!cursor.isEmpty());
        assertThat(pages).isEqualTo(3);
        assertThat(seen).containsExactly("vm-0", "vm-1", "vm-2", "vm-3", "vm-4", "vm-5", "vm-6");
        assertThat(http.get("/v1/targets").json().get("targets")).isEmpty();
    }

    @Test
    void put_withAnIdempotencyKey_isDoneOnce() {
        Reply first = http.put("/v1/vms/a", "{\"vcpu\":2}", "Idempotency-Key", "k1");
        http.delete("/v1/vms/a");
        Reply again = http.put("/v1/vms/a", "{\"vcpu\":2}", "Idempotency-Key", "k1");

        assertThat(again.status()).isEqualTo(first.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(http.get("/v1/vms/a").status()).isEqualTo(404);
        Reply other = http.put("/v1/vms/a", "{\"vcpu\":4}", "Idempotency-Key", "k1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().get("type").asText()).isEqualTo("urn:regrade:problem:idempotency-key-reused");
        assertThat(http.put("/v1/vms/b", "{\"vcpu\":2}", "Idempotency-Key", "k1")
                        .status())
                .isEqualTo(422);
        assertThat(http.delete("/v1/vms/zz", "Idempotency-Key", "k 2").status()).isEqualTo(400);
    }

    @Test
    void aFailedWrite_mayBeTriedAgainUnderItsKey() {
        assertThat(http.delete("/v1/vms/a", "Idempotency-Key", "k1").status()).isEqualTo(404);
        http.put("/v1/vms/a", "{}");
        assertThat(http.delete("/v1/vms/a", "Idempotency-Key", "k1").status()).isEqualTo(204);
        assertThat(http.delete("/v1/vms/a", "Idempotency-Key", "k1").status()).isEqualTo(204);
    }

    @Test
    void aManifest_isHeldWithItsMachine_andLaterDecisionsSeeIt() {
        http.put("/v1/vms/a", Samples.vm("a", 1, 4).toString());
        Samples.targets().forEach(one -> http.put("/v1/targets/" + one.get("id").asText(), one.toString()));
        assertThat(target("a")).isEqualTo("m5.large");
        String unit = "[Service]\nExecStart=/usr/bin/java -Xmx12g -jar shop.jar\n";

        Reply created = http.post("/v1/vms/a/manifests?name=shop.service", "text/plain", unit);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().at("/modules/0/requires/0/requires").asText()).isEqualTo("memory_gib>=12");
        assertThat(created.json().at("/modules/0/requires/0/at").asText()).isEqualTo("shop.service:2");
        assertThat(created.json().at("/conflicts/0/text").asText())
                .isEqualTo("requires 12 GiB, never above 4.2 GiB in 14 days");
        assertThat(http.post("/v1/vms/a/manifests?name=shop.service", "text/plain", unit)
                        .status())
                .isEqualTo(200);

        assertThat(target("a")).isEqualTo("m5.xlarge");
        assertThat(http.get("/v1/vms/a").json().has("modules")).isFalse();
        assertThat(http.get("/v1/vms/a/manifests").json().at("/manifests")).hasSize(1);
        assertThat(http.get("/v1/vms/a/manifests/shop.service")
                        .json()
                        .at("/format")
                        .asText())
                .isEqualTo("systemd");
        assertThat(http.delete("/v1/vms/a/manifests/shop.service").status()).isEqualTo(204);
        assertThat(http.delete("/v1/vms/a/manifests/shop.service").status()).isEqualTo(404);
        assertThat(target("a")).isEqualTo("m5.large");
    }

    @Test
    void aManifest_thatCannotBeRead_isRefusedWithItsPlace() {
        http.put("/v1/vms/a", Samples.vm("a", 1, 4).toString());

        Reply hostile = http.post(
                "/v1/vms/a/manifests",
                "application/xml",
                "<?xml version=\"1.0\"?>\n<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<domain>&x;</domain>");
        assertThat(hostile.status()).isEqualTo(400);
        assertThat(hostile.json().at("/errors/0/line").asInt()).isEqualTo(2);
        assertThat(hostile.json().at("/errors/0/message").asText())
                .isEqualTo("it has a document type or an entity, which are not read. Maybe remove them");
        assertThat(http.post("/v1/vms/nobody/manifests", "text/plain", "#!/bin/sh\n")
                        .status())
                .isEqualTo(404);
        assertThat(http.get("/v1/vms/nobody/manifests").status()).isEqualTo(404);
        assertThat(http.post("/v1/vms/a/manifests?name=..%2Fetc", "text/plain", "#!/bin/sh\n")
                        .status())
                .isEqualTo(400);
        assertThat(http.get("/v1/vms/a/manifests").json().at("/manifests")).isEmpty();
    }

    private String target(String vm) {
        return http.post("/v1/decisions?record=false", Http.JSON, "{\"vms\":[{\"id\":\"" + vm + "\"}]}")
                .json()
                .at("/decisions/0/target/id")
                .asText();
    }
}
