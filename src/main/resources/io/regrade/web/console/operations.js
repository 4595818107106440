// How the server is: health and the metrics that matter, asked again every few seconds.
import { amount, element } from 'regrade/api';

const byId = (id) => document.getElementById(id);

function read(text) {
  const all = new Map();
  for (const line of text.split('\n')) {
    const parts = /^([a-z_]+)(?:\{(.*)\})? (.+)$/.exec(line);
    if (!parts) continue;
    const labels = Object.fromEntries([...(parts[2] || '').matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map((one) => [one[1], one[2]]));
    if (!all.has(parts[1])) all.set(parts[1], []);
    all.get(parts[1]).push({ labels, value: Number(parts[3]) });
  }
  return all;
}

const sum = (all, name, fits = () => true) => {
  const found = (all.get(name) || []).filter((one) => fits(one.labels));
  return found.length ? found.reduce((total, one) => total + one.value, 0) : undefined;
};
const mib = (bytes) => (bytes === undefined ? '–' : `${amount(bytes / 1048576)} MiB`);
const mean = (all, name) => { const count = sum(all, `${name}_count`); return count ? `${amount(sum(all, `${name}_sum`) / count * 1000)} ms` : '–'; };

function figures(all) {
  const list = [
    ['Decisions recorded', amount(sum(all, 'regrade_decisions_recorded_total')), `${amount(sum(all, 'regrade_decisions_lost_total') || 0)} lost`],
    ['Commit, mean', mean(all, 'regrade_ledger_commit_seconds'), `${amount(sum(all, 'regrade_ledger_waiting') || 0)} waiting`],
    ['Workers busy', amount(sum(all, 'regrade_worker_busy')), `${amount(sum(all, 'regrade_worker_queue') || 0)} requests wait`],
    ['Heap used', mib(sum(all, 'jvm_memory_used_bytes', (labels) => labels.area === 'heap')), `${amount((sum(all, 'system_cpu_usage') ?? NaN) * 100)} % of the processors`],
  ];
  byId('figures').replaceChildren(...list.map(([name, value, more]) => element('div', {}, element('dt', {}, name), element('dd', {}, value), element('dd', { class: 'sub' }, more))));
}

function requests(all) {
  const counts = new Map();
  for (const one of all.get('regrade_http_requests_seconds_count') || []) {
    const { operation, status } = one.labels;
    const row = counts.get(operation) || { count: 0, failed: 0, seconds: 0 };
    row.count += one.value;
    if (/^5/.test(status || one.labels.outcome || '')) row.failed += one.value;
    counts.set(operation, row);
  }
  for (const one of all.get('regrade_http_requests_seconds_sum') || []) counts.get(one.labels.operation).seconds += one.value;
  const rows = [...counts].sort((a, b) => b[1].count - a[1].count).slice(0, 12).map(([name, row]) => element('tr', {}, element('th', { scope: 'row' }, name),
    element('td', { class: 'number' }, amount(row.count)), element('td', { class: 'number' }, `${amount(row.seconds / row.count * 1000)} ms`), element('td', { class: 'number' }, amount(row.failed))));
  byId('requests').replaceChildren(rows.length ? element('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Requests' }, element('table', { class: 'rows' },
    element('thead', {}, element('tr', {}, ...['Operation', 'Requests', 'Mean', 'Failed'].map((head, at) => element('th', { scope: 'col', class: at ? 'number' : undefined }, head)))), element('tbody', {}, ...rows)))
    : element('p', {}, 'No request yet.'));
}

async function look() {
  try {
    const [ready, metrics] = await Promise.all([fetch('/health/ready?verbose=true'), fetch('/metrics')]);
    const health = await ready.json().catch(() => ({}));
    const checks = health.checks || {};
    const list = Array.isArray(checks) ? checks : Object.entries(checks).map(([name, one]) => ({ name, ...(typeof one === 'string' ? { problem: one === 'ok' ? '' : one } : one) }));
    byId('health').replaceChildren(element('p', { class: ready.ok ? 'good' : 'bad' }, ready.ok ? 'Ready: it decides and records.' : 'Not ready.'),
      element('ul', {}, ...list.map((one) => element('li', {}, `${one.name}: ${one.problem || one.detail || one.status || one.state || 'well'}`))));
    const all = read(await metrics.text());
    figures(all);
    requests(all);
    byId('asked').textContent = `as of ${new Date().toLocaleTimeString()}, asked again every 5 seconds`;
  } catch {
    byId('asked').textContent = 'The server does not answer.';
  }
}
look();
setInterval(() => { if (!document.hidden) look(); }, 5000);
