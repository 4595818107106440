package io.regrade.intake.inventory;

import io.regrade.fact.Pricing;
import io.regrade.fact.Suggestion;
import io.regrade.intake.telemetry.Decimals;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code pricing.yaml}: a flat list of {@code key: value}. */
final class PricingYaml {

    private static final String MODEL = "model";
    private static final List<String> RATES =
            List.of("usd_per_vcpu_hour", "usd_per_gib_hour", "usd_per_storage_gib_hour", "usd_per_gib_transferred");
    private static final int MAX_CHARS = 1 << 20;
    private static final int MAX_ALIASES = 20;
    private static final int MAX_DEPTH = 30;

    private final String file;
    private final Problems problems;
    private Pricing.Model model = Pricing.Model.HOURLY;
    private final double[] rates = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};

    private PricingYaml(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    static Pricing read(Source source, Problems problems) {
        PricingYaml yaml = new PricingYaml(source.name(), problems);
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_CHARS);
        options.setAllowDuplicateKeys(false);
        try (Utf8Reader reader = source.open()) {
            yaml.root(new Yaml(new SafeConstructor(options)).compose(reader));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problems.add(source.name(), mark == null ? 0 : mark.getLine() + 1, "this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            String why =
                    e.getCause() instanceof IOException io ? source.explain(io) : "this is not YAML: " + firstLine(e);
            problems.add(source.name(), 0, why);
        } catch (IOException e) {
            problems.add(source.name(), 0, source.explain(e));
        }
        return new Pricing(yaml.model, yaml.rates[0], yaml.rates[1], yaml.rates[2], yaml.rates[3]);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private void root(@Nullable Node root) {
        if (!(root instanceof MappingNode mapping)) {
            problems.add(
                    file, root == null ? 1 : line(root), "a list of `key: value` is expected. Maybe `model: hourly`");
            return;
        }
        Set<String> keys = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "…";
            if (!keys.add(key)) {
                problems.add(file, line(entry.getKeyNode()), "`" + Fields.shorten(key) + "` is there twice");
            } else {
                entry(key, entry);
            }
        }
        if (problems.isEmpty()
                && model == Pricing.Model.CONSUMPTION
                && Double.isNaN(rates[0])
                && Double.isNaN(rates[1])) {
            problems.add(
                    file, line(mapping), "`model` is `consumption` without a rate. Maybe `usd_per_vcpu_hour: 0.03`");
        }
    }

    private void entry(String key, NodeTuple entry) {
        int rate = RATES.indexOf(key);
        if (rate < 0 && !key.equals(MODEL)) {
            problems.add(
                    file,
                    line(entry.getKeyNode()),
                    "`" + Fields.shorten(key) + "` is not known. Maybe "
                            + Suggestion.nearest(
                                    key, List.of(MODEL, RATES.get(0), RATES.get(1), RATES.get(2), RATES.get(3))));
            return;
        }
        if (!(entry.getValueNode() instanceof ScalarNode scalar)) {
            problems.add(file, line(entry.getValueNode()), "`" + key + "` has no plain value");
            return;
        }
        String text = scalar.getValue().strip();
        if (rate < 0) {
            model(text, line(scalar));
        } else if (!text.isEmpty() && !text.equals("~") && !text.equals("null")) {
            rates[rate] = Decimals.parse(text);
            if (!Fields.isAmount(rates[rate])) {
                problems.add(file, line(scalar), Fields.amountProblem(key, text, rates[rate]));
            }
        }
    }

    private void model(String text, long line) {
        for (Pricing.Model known : Pricing.Model.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(text)) {
                model = known;
                return;
            }
        }
        problems.add(file, line, "`model` is `" + Fields.shorten(text) + "`. Maybe `hourly` or `consumption`");
    }

    private static long line(Node node) {
        return node.getStartMark().getLine() + 1L;
    }
}
