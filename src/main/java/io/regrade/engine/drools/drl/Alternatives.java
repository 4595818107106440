package io.regrade.engine.drools.drl;

import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.OrDescr;

/** Counts the rules that the compiler makes of one: with `or` between patterns, one for each combination. */
final class Alternatives {

    /** More are not written by people, and take memory twice over with each further `or`. */
    static final long MOST = 64;

    private Alternatives() {}

    /** So many rules a condition stands for; no more than one above {@link #MOST} is counted. */
    static long of(BaseDescr condition) {
        if (!(condition instanceof ConditionalElementDescr group)) {
            return 1;
        }
        boolean either = condition instanceof OrDescr;
        long count = either ? 0 : 1;
        for (BaseDescr one :
                group.getDescrs().stream().map(BaseDescr.class::cast).toList()) {
            count = Math.min(MOST + 1, either ? count + of(one) : count * of(one));
        }
        return Math.max(1, count);
    }
}
