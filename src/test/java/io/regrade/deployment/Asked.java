package io.regrade.deployment;

/** Bodies of requests. */
final class Asked {

    private static final String MACHINE = """
            {"id":"%s","vcpu":4,"memory_gib":16,"price_usd_hour":0.2,"usage_summary":[
            {"resource":"vcpu","unit":"vCPU","window_days":30,"samples":8640,"mean":0.5,"p50":0.4,"p95":0.9,"p99":1.1,
            "max":1.5}]}""";
    private static final String TARGET =
            "{\"id\":\"small\",\"vcpu\":2,\"memory_gib\":8,\"price_usd_hour\":0.1,\"arch\":\"x86_64\"}";

    private Asked() {}

    static String machine(String id) {
        return MACHINE.formatted(id).replace("\n", "");
    }

    static String decision(String id) {
        return "{\"vms\":[" + machine(id) + "],\"targets\":[" + TARGET + "]}";
    }
}
