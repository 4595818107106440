package io.regrade.intake.manifest.software;

import io.regrade.fact.Attribute;
import io.regrade.fact.Resource;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.machine.Units;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import io.regrade.intake.manifest.source.YamlDocuments;
import io.regrade.intake.manifest.source.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads pods and what makes pods. What the containers of a pod request is added up, as the scheduler does: whatever
 * runs one needs so much. Limits count where nothing is requested, which is what Kubernetes does.
 */
public final class KubernetesReader implements ManifestReader {

    private static final Pattern API = Pattern.compile("^\\s*\"?apiVersion\"?\\s*:");
    private static final Pattern KIND = Pattern.compile("^\\s*\"?kind\"?\\s*:");
    private static final String[] TEMPLATE = {"spec", "template", "spec"};
    private static final Map<String, String[]> PODS = Map.of(
            "Pod", new String[] {"spec"},
            "Deployment", TEMPLATE,
            "StatefulSet", TEMPLATE,
            "DaemonSet", TEMPLATE,
            "ReplicaSet", TEMPLATE,
            "ReplicationController", TEMPLATE,
            "Job", TEMPLATE,
            "CronJob", new String[] {"spec", "jobTemplate", "spec", "template", "spec"});

    @Override
    public Format format() {
        return Format.KUBERNETES;
    }

    @Override
    public boolean recognises(Glance glance) {
        return !glance.isBinary() && glance.hasLine(API) && glance.hasLine(KIND);
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        List<YamlNode> documents = new ArrayList<>();
        for (YamlNode document : YamlDocuments.read(source)) {
            if ("List".equals(document.text("kind"))) {
                documents.addAll(document.list("items"));
            } else {
                documents.add(document);
            }
        }
        String other = null;
        boolean any = false;
        for (YamlNode document : documents) {
            String kind = Objects.requireNonNullElse(document.text("kind"), "");
            String[] path = PODS.get(kind);
            YamlNode pod = path == null ? null : document.at(path);
            if (pod != null) {
                any = true;
                pod(Objects.requireNonNullElse(document.text("metadata", "name"), kind), pod, findings);
            } else if (!kind.isEmpty()) {
                other = kind;
            }
        }
        if (!any) {
            throw source.refused(
                    other == null
                            ? "no `kind` is in it"
                            : "`" + ManifestException.shorten(other) + "` describes no machine and no pod");
        }
    }

    private static void pod(String name, YamlNode pod, Findings findings) {
        Findings.Module module = findings.module(name, null, pod.place());
        List<YamlNode> containers = pod.list("containers");
        List<YamlNode> before = pod.list("initContainers");
        atLeast(module, Resource.CPU, "cpu", 1, containers, before, pod);
        atLeast(module, Resource.MEMORY, "memory", Units.GIB, containers, before, pod);
        for (String vendor : List.of("nvidia.com/gpu", "amd.com/gpu", "gpu.intel.com/i915")) {
            atLeast(module, Resource.GPU, vendor, 1, containers, before, pod);
        }
        YamlNode selector = pod.at("nodeSelector");
        if (selector != null) {
            String arch = selector.text("kubernetes.io/arch");
            module.equal(Attribute.ARCH, arch == null ? null : Platforms.arch(arch), selector.place());
            String os = selector.text("kubernetes.io/os");
            module.equal(Attribute.OS, os, selector.place());
        }
        for (YamlNode container : containers) {
            Images.Reference image = Images.reference(container.text("image"));
            if (image != null) {
                findings.module(image.name(), image.version(), container.place());
            }
        }
    }

    private static void atLeast(
            Findings.Module module,
            Resource resource,
            String key,
            double unit,
            List<YamlNode> containers,
            List<YamlNode> before,
            YamlNode pod) {
        double sum = 0;
        YamlNode first = null;
        for (YamlNode container : containers) {
            YamlNode asked = asked(container, key);
            if (asked != null) {
                first = first == null ? asked : first;
                sum += quantity(asked);
            }
        }
        double largest = sum;
        for (YamlNode container : before) {
            YamlNode asked = asked(container, key);
            if (asked != null && quantity(asked) > largest) {
                largest = quantity(asked);
                first = asked;
            }
        }
        module.atLeast(resource, largest / unit, first == null ? pod.place() : first.place());
    }

    private static @Nullable YamlNode asked(YamlNode container, String key) {
        YamlNode requests = container.at("resources", "requests", key);
        return requests == null ? container.at("resources", "limits", key) : requests;
    }

    private static double quantity(YamlNode node) {
        String text = node.text();
        double amount = text == null ? Double.NaN : Units.quantity(text);
        return Double.isNaN(amount) ? 0 : amount;
    }
}
