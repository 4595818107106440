package io.regrade.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpressionTest {

    @Test
    void names_areThoseOfMetricsAndLabels() {
        Expression expression =
                Expression.of("topk(5, sum by (rule, le) (rate(a_total{status=~\"5.. by (x) {y}\",b=\"c\"}[5m])))"
                        + " / (on(job) group_left(team) b_bucket offset 5m > bool 0.5e3 or vector(0)) unless d");

        assertThat(expression.metrics()).containsExactly("a_total", "b_bucket", "d");
        assertThat(expression.labels()).containsExactlyInAnyOrder("rule", "le", "status", "b", "job", "team");
    }

    @Test
    void grouping_mayStandBehind() {
        Expression expression = Expression.of("sum(rate(x_sum[$__rate_interval])) by (phase)");

        assertThat(expression.metrics()).containsExactly("x_sum");
        assertThat(expression.labels()).containsExactly("phase");
    }
}
