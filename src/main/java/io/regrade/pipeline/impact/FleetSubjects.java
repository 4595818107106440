package io.regrade.pipeline.impact;

import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The machines of a fleet that is in memory, at one moment. */
public final class FleetSubjects implements Subjects {

    private final int total;
    private final Iterator<VmFacts> vms;
    private final Setting setting;
    private final EvaluationTime time;

    /** These machines, each in this setting at this moment. */
    public FleetSubjects(List<VmFacts> vms, Setting setting, EvaluationTime time) {
        this.total = vms.size();
        this.vms = vms.iterator();
        this.setting = setting;
        this.time = time;
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public @Nullable Supplier<Subject> next() {
        if (!vms.hasNext()) {
            return null;
        }
        Subject subject = new Subject(vms.next(), time, setting, null);
        return () -> subject;
    }
}
