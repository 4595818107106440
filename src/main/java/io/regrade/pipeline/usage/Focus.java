package io.regrade.pipeline.usage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.UsageRecord.Metered;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Charges in the columns of FOCUS 1.0 (FinOps Open Cost and Usage Specification), in its order; what Regrade adds begins
 * with {@code x_}. What is unknown is left out, also where FOCUS wants a value: no cost is made up.
 */
public final class Focus {

    /** The columns. */
    public static final List<String> COLUMNS = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargeFrequency",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedCost",
            "ContractedUnitPrice",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "ListUnitPrice",
            "PricingCategory",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "RegionId",
            "RegionName",
            "ResourceId",
            "ResourceName",
            "ResourceType",
            "ServiceCategory",
            "ServiceName",
            "SkuId",
            "x_MemoryGibHours",
            "x_VcpuHours");

    private static final int DECIMALS = 10;

    private Focus() {}

    /** A charge as one row. */
    public static ObjectNode row(Charge charge) {
        Metered metered = charge.record().metered();
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        double usd = charge.usd();
        for (String cost : List.of("BilledCost", "ContractedCost", "EffectiveCost", "ListCost")) {
            put(row, cost, usd);
        }
        put(row, "ContractedUnitPrice", metered.priceUsdHour());
        put(row, "ListUnitPrice", metered.priceUsdHour());
        put(row, "BillingAccountId", metered.owner());
        put(row, "BillingAccountName", metered.owner());
        put(row, "BillingCurrency", "USD");
        put(row, "BillingPeriodStart", charge.monthBegins().toString());
        put(row, "BillingPeriodEnd", charge.monthEnds().toString());
        put(row, "ChargePeriodStart", charge.from().toString());
        put(row, "ChargePeriodEnd", charge.until().toString());
        put(row, "ChargeCategory", "Usage");
        put(row, "ChargeFrequency", "Usage-Based");
        put(
                row,
                "ChargeDescription",
                "virtual machine " + metered.vm() + (metered.type() == null ? "" : ", " + metered.type()));
        put(row, "ConsumedQuantity", charge.hours());
        put(row, "ConsumedUnit", "Hours");
        put(row, "PricingQuantity", charge.hours());
        put(row, "PricingUnit", "Hours");
        put(row, "PricingCategory", "Standard");
        for (String party : List.of("InvoiceIssuerName", "ProviderName", "PublisherName")) {
            put(row, party, metered.cloud());
        }
        put(row, "RegionId", metered.region());
        put(row, "RegionName", metered.region());
        put(row, "ResourceId", metered.vm());
        put(row, "ResourceName", metered.name());
        put(row, "ResourceType", "Virtual Machine");
        put(row, "ServiceCategory", "Compute");
        put(row, "ServiceName", "Virtual Machines");
        put(row, "SkuId", metered.type());
        put(row, "x_VcpuHours", charge.hours() * metered.vcpu());
        put(row, "x_MemoryGibHours", charge.hours() * metered.memoryGib());
        return row;
    }

    private static void put(ObjectNode row, String column, @Nullable String text) {
        if (text != null) {
            row.put(column, text);
        }
    }

    private static void put(ObjectNode row, String column, double amount) {
        if (!Double.isNaN(amount)) {
            BigDecimal exact = BigDecimal.valueOf(amount)
                    .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros();
            row.put(
                    column,
                    exact.scale() < 0 ? exact.setScale(0) : exact); // no exponent: not all who read bills know it
        }
    }
}
