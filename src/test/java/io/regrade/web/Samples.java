package io.regrade.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Machines and targets to ask about. */
final class Samples {

    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Samples() {}

    /** A machine of 8 vCPU and 32 GiB that uses so much at its 99th percentile. */
    static ObjectNode vm(String id, double vcpuUsed, double gibUsed) {
        ObjectNode vm = JSON.objectNode();
        vm.put("id", id).put("cloud", "aws").put("region", "eu-west-1").put("type", "m5.2xlarge");
        vm.put("arch", "x86_64").put("vcpu", 8).put("memory_gib", 32).put("os", "ubuntu-24.04");
        vm.put("price_usd_hour", 0.428);
        ArrayNode usage = vm.putArray("usage_summary");
        usage.add(summary("vcpu", "vCPU", vcpuUsed));
        usage.add(summary("memory_gib", "GiB", gibUsed));
        return vm;
    }

    private static ObjectNode summary(String resource, String unit, double p99) {
        ObjectNode node = JSON.objectNode();
        node.put("resource", resource).put("unit", unit).put("window_days", 14).put("samples", 4032);
        node.put("mean", p99 * 0.6).put("p50", p99 * 0.55).put("p95", p99 * 0.9).put("p99", p99);
        node.put("max", p99 * 1.05);
        return node;
    }

    static ObjectNode target(String id, double vcpu, double gib, double price) {
        ObjectNode target = JSON.objectNode();
        target.put("id", id).put("cloud", "aws").put("region", "eu-west-1").put("type", id);
        target.put("arch", "x86_64").put("vcpu", vcpu).put("memory_gib", gib).put("os", "linux");
        target.put("burstable", false).put("price_usd_hour", price);
        return target;
    }

    static ArrayNode targets() {
        return JSON.arrayNode()
                .add(target("m5.large", 2, 8, 0.107))
                .add(target("m5.xlarge", 4, 16, 0.214))
                .add(target("m5.2xlarge", 8, 32, 0.428))
                .add(target("m5.4xlarge", 16, 64, 0.856));
    }

    static ObjectNode request(ObjectNode... vms) {
        ObjectNode request = JSON.objectNode();
        ArrayNode list = request.putArray("vms");
        for (ObjectNode vm : vms) {
            list.add(vm);
        }
        return request;
    }

    /** A request with everything in it. */
    static ObjectNode complete(ObjectNode... vms) {
        ObjectNode request = request(vms);
        request.set("targets", targets());
        return request;
    }
}
