package io.regrade.intake.inventory;

import io.regrade.fact.Suggestion;
import io.regrade.intake.telemetry.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The columns of one kind of row.
 *
 * @param required columns that a file must have; a request may leave all out but the first
 * @param optional columns that it may have
 */
record Schema(List<String> required, List<String> optional) {

    static final Schema VMS = of(
            "id,name,cloud,region,type,arch,vcpu,memory_gib,network_gbps,os,price_usd_hour,group,owner",
            "storage_gib,disk_mbps,disk_iops,gpu,features,tags");
    static final Schema TARGETS = of(
            "id,cloud,region,type,arch,vcpu,memory_gib,storage_gib,network_gbps,disk_mbps,disk_iops,gpu,os,burstable,"
                    + "price_usd_hour",
            "kind,features,available,tags");
    static final Schema MODULES = of("vm,name,version,requires", "");
    static final Schema SLAS = of(
            "vm,max_saturated_hours_month,min_availability,max_price_usd_month,allowed_clouds,allowed_regions,"
                    + "allowed_families,window",
            "");
    static final Schema SHARED = of(
            "id,kind",
            "cloud,region,family,os,targets,owner,group,count,vcpu,memory_gib,storage_gib,network_gbps,usd_month,spread");
    static final Schema USAGE = usage();

    /** What is measured, as the first words of a column's name. */
    private static final List<String> QUANTITIES = List.of(
            "vcpu",
            "cpu",
            "memory",
            "ram",
            "storage",
            "network",
            "net",
            "net_rx",
            "net_tx",
            "disk",
            "disk_read",
            "disk_write",
            "price",
            "price_usd",
            "max_price",
            "max_price_usd");

    /** What a column's name may end with when it is meant to be a quantity. */
    private static final Set<String> UNITS = Set.of(
            "b",
            "bytes",
            "kb",
            "kib",
            "mb",
            "mib",
            "gb",
            "gib",
            "tb",
            "tib",
            "kbps",
            "mbps",
            "gbps",
            "bps",
            "kbs",
            "mbs",
            "gbs",
            "kibps",
            "mibps",
            "gibps",
            "iops",
            "ops",
            "percent",
            "pct",
            "cores",
            "millicores",
            "mhz",
            "ghz",
            "usd",
            "eur",
            "gbp",
            "eur_hour",
            "usd_hour",
            "usd_day",
            "usd_month",
            "usd_year",
            "hour",
            "day",
            "month",
            "year",
            "vcpu",
            "share");

    Schema {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
    }

    private static Schema of(String required, String optional) {
        return new Schema(
                Arrays.asList(required.split(",")),
                optional.isEmpty() ? List.of() : Arrays.asList(optional.split(",")));
    }

    private static Schema usage() {
        List<String> required = new ArrayList<>(List.of("timestamp", "vm"));
        List<String> optional = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            (measure.isColumnRequired() ? required : optional).add(measure.key());
        }
        return new Schema(required, optional);
    }

    boolean knows(String name) {
        return required.contains(name) || optional.contains(name);
    }

    /** Reports a name that is not known and looks like a quantity in another unit than the one that is read. */
    boolean checkUnit(String name, Consumer<String> problem) {
        if (knows(name) || !isQuantity(name)) {
            return true;
        }
        List<String> near = meant(name);
        String maybe =
                near.size() == 1 ? "`" + near.get(0) + "`" : Suggestion.nearest(name, near.isEmpty() ? all() : near);
        problem.accept("`" + name + "` has an unknown unit. Maybe " + maybe);
        return false;
    }

    /** All names that are known. */
    List<String> all() {
        List<String> all = new ArrayList<>(required);
        all.addAll(optional);
        return all;
    }

    /** The known columns of the same quantity. */
    private List<String> meant(String name) {
        String stem = name.contains("_") ? name.substring(0, name.lastIndexOf('_')) : name;
        return all().stream().filter(known -> known.startsWith(stem)).toList();
    }

    private static boolean isQuantity(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String quantity : QUANTITIES) {
            if (lower.equals(quantity)
                    || (lower.startsWith(quantity + "_") && UNITS.contains(lower.substring(quantity.length() + 1)))) {
                return true;
            }
        }
        return false;
    }

    /** Checks the names of a file's columns; answers whether its rows can be read. */
    boolean checkHeader(List<String> names, Consumer<String> problem) {
        boolean fine = true;
        List<String> unknown = names.stream().filter(name -> !knows(name)).toList();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.isEmpty()) {
                problem.accept("column " + (i + 1) + " has no name");
                fine = false;
            } else if (names.indexOf(name) < i) {
                problem.accept("the column `" + name + "` is there twice");
                fine = false;
            } else {
                fine &= checkUnit(name, problem);
            }
        }
        for (String name : required) {
            if (!names.contains(name)) {
                fine = false;
                // A column in another unit was reported already.
                if (unknown.stream()
                        .noneMatch(other -> isQuantity(other) && meant(other).contains(name))) {
                    String near = Suggestion.nearest(name, unknown);
                    problem.accept("the column `" + name + "` is missing"
                            + (near.startsWith("`") ? ". Maybe " + near + " is meant" : ""));
                }
            }
        }
        return fine;
    }
}
