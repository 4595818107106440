package io.regrade.fact;

/**
 * The business model: how machines are charged for. Rates that are not known are NaN.
 *
 * @param model which way of counting decides
 * @param usdPerVcpuHour US dollars for each provisioned vCPU and hour
 * @param usdPerGibHour US dollars for each provisioned GiB of memory and hour
 * @param usdPerStorageGibHour US dollars for each provisioned GiB of storage and hour
 * @param usdPerGibTransferred US dollars for each GiB sent or received
 */
public record Pricing(
        Model model,
        double usdPerVcpuHour,
        double usdPerGibHour,
        double usdPerStorageGibHour,
        double usdPerGibTransferred) {

    /** Takes every zero as one: there is none below it. */
    public Pricing {
        usdPerVcpuHour = Numbers.plain(usdPerVcpuHour);
        usdPerGibHour = Numbers.plain(usdPerGibHour);
        usdPerStorageGibHour = Numbers.plain(usdPerStorageGibHour);
        usdPerGibTransferred = Numbers.plain(usdPerGibTransferred);
    }

    /** Prices by the hour, and no rates known. */
    public static final Pricing HOURLY = new Pricing(Model.HOURLY, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** The ways of counting. */
    public enum Model {
        /** A machine costs its price for every hour. */
        HOURLY,
        /** A machine costs its processors, memory, storage and transferred data at a rate each. */
        CONSUMPTION
    }
}
