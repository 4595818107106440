// A policy's files; in a draft they can be changed, and are checked as one types.
import { api, attempt, element, money, toast } from 'regrade/api';
import { edit } from 'regrade/editor';
import { named } from 'regrade/named';

const bench = document.getElementById('workbench');
const { policy, draft, files } = bench.dataset;
const told = document.getElementById('told');
const outcome = document.getElementById('outcome');
const path = (file) => file.split('/').map(encodeURIComponent).join('/');
const box = document.getElementById('editor');
box.replaceChildren();
box.classList.remove('loading');

let file = bench.dataset.file;
let found = [];
let saving = Promise.resolve();
let checks = 0;
const editor = edit(box, (text) => { if (draft) save(file, text); });

async function open(name) {
  await saving;
  const text = await api(`${files}/${path(name)}`, { text: true });
  file = name;
  editor.open(text, name, !draft);
  bench.dataset.shown = name;
  document.querySelectorAll('.files a').forEach((one) => {
    if (one.dataset.file === name) one.setAttribute('aria-current', 'true');
    else one.removeAttribute('aria-current');
  });
  history.replaceState(null, '', `?file=${encodeURIComponent(name)}`);
  told.textContent = draft ? 'Saved and checked a moment after you stop typing.' : 'Read only: begin a draft to change it.';
  mark();
}

document.querySelector('.files').addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link) return;
  event.preventDefault();
  attempt(() => open(link.dataset.file));
});

const mark = () => editor.mark(found.filter((one) => one.file === file));

function save(name, text) {
  saving = saving.then(() => attempt(async () => {
    if (!await named()) throw new Error('Nothing is saved without a name.');
    told.textContent = 'Saving…';
    const now = await api(`${files}/${path(name)}`, { method: 'PUT', body: text, headers: { 'Content-Type': 'text/plain' } });
    state(now);
    told.textContent = 'Saved. Checking…';
    check();
  }));
}

function state(now) {
  document.getElementById('state').textContent = now.state;
  const allowed = now.allowed || [];
  document.querySelectorAll('[data-say], [data-run]').forEach((button) => {
    button.disabled = !allowed.includes(button.dataset.say || button.dataset.run);
  });
}

/** Has something done with the draft, and waits for it. */
async function run(work, telling) {
  const begun = await api(`/v1/drafts/${draft}/${work}`, { method: 'POST', body: {} });
  for (;;) {
    const now = await api(`/v1/drafts/${draft}/runs/${begun.id}`);
    if (!['waiting', 'running'].includes(now.state)) {
      state(await api(`/v1/drafts/${draft}`));
      return now;
    }
    const { done, total } = now.progress || {};
    telling(total ? `${done} of ${total} machines…` : `${work === 'check' ? 'Checking' : work === 'test' ? 'Testing' : 'Measuring'}…`);
    await new Promise((next) => { setTimeout(next, 400); });
  }
}

async function check() {
  const number = ++checks;
  const done = await attempt(() => run('check', (words) => { if (number === checks) told.textContent = words; }));
  if (!done || number !== checks) return done;
  found = done.result?.diagnostics || [];
  mark();
  const errors = found.filter((one) => one.severity === 'error').length;
  told.replaceChildren(done.problem ? done.problem.detail : errors ? `${errors} error${errors === 1 ? '' : 's'}` : found.length ? `Sound, ${found.length} remark${found.length === 1 ? '' : 's'}` : 'Sound: nothing is wrong.');
  bench.dataset.checked = String(number);
  return done;
}

const place = (one) => {
  const link = element('a', { href: `?file=${encodeURIComponent(one.file)}` }, `${one.file}:${one.line}`);
  link.addEventListener('click', (event) => { event.preventDefault(); attempt(async () => { if (file !== one.file) await open(one.file); editor.line(one.line); }); });
  return link;
};

function tell(title, ...content) {
  outcome.hidden = false;
  outcome.replaceChildren(element('h2', {}, title), ...content);
  outcome.focus();
}

const runs = {
  check: async () => {
    const done = await check();
    if (!done) return;
    tell(`Check: ${done.state}`, found.length ? element('ul', {}, ...found.map((one) => element('li', { class: one.severity === 'error' ? 'bad' : undefined }, place(one), ` ${one.severity}: ${one.message}`, one.maybe ? ` ${one.maybe}` : '')))
      : element('p', {}, done.problem?.detail || 'Nothing is wrong with it.'), inventory(done.result?.inventory));
  },
  test: async () => {
    const done = await run('test', (words) => tell('Test', element('p', { class: 'loading' }, words)));
    const result = done.result || {};
    const cases = result.cases || (result.suites || []).flatMap((one) => one.cases || []);
    const failed = cases.filter((one) => one.passed === false || one.state === 'failed' || (one.failures || one.problems || []).length);
    const coverage = result.coverage || {};
    tell(`Test: ${done.state}`, element('p', {}, done.problem?.detail || summary(result)),
      failed.length ? element('ul', {}, ...failed.map((one) => element('li', { class: 'bad' }, `${one.name}: ${JSON.stringify(one.failures || one.problems || one.differences || '')}`))) : null,
      Object.keys(coverage).length ? element('details', {}, element('summary', {}, 'Coverage'), element('pre', {}, JSON.stringify(coverage, null, 1))) : null);
  },
  impact: async () => {
    const done = await run('impact', (words) => tell('Impact', element('p', { class: 'loading' }, words)));
    const result = done.result;
    if (!result?.before) { tell('Impact', element('p', {}, done.problem?.detail || 'It could not be measured.')); return; }
    tell('Impact on the machines that are held', impact(result));
  },
};

const summary = (result) => Object.entries(result).filter(([, value]) => typeof value === 'number').map(([key, value]) => `${key.replaceAll('_', ' ')} ${value}`).join(', ') || 'It was run.';

function inventory(rules) {
  if (!rules?.length) return null;
  const row = (one) => element('tr', {}, element('th', { scope: 'row' }, one.rule), element('td', {}, place(one)), element('td', {}, one.reads.join(', ')), element('td', {}, one.concludes.join(', ')));
  return element('details', {}, element('summary', {}, `What the ${rules.length} rules read and conclude`), table(['Rule', 'Where', 'Reads', 'Concludes'], rules.map(row)));
}

const table = (heads, rows) => element('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': heads.join(', ') },
  element('table', { class: 'rows' }, element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))), element('tbody', {}, ...rows)));

function impact(result) {
  const keys = new Set();
  const flat = (side, prefix = '', all = {}) => {
    for (const [key, value] of Object.entries(side || {})) {
      if (typeof value === 'number') { all[prefix + key] = value; keys.add(prefix + key); }
      else if (value && typeof value === 'object' && !Array.isArray(value)) flat(value, `${prefix}${key} `, all);
    }
    return all;
  };
  const before = flat(result.before);
  const after = flat(result.after);
  const show = (key, value) => (value === undefined ? '–' : key.includes('usd') ? money(value) : Number(value.toPrecision(4)).toLocaleString('en-US'));
  const rows = [...keys].map((key) => element('tr', {}, element('th', { scope: 'row' }, key.replaceAll('_', ' ')),
    element('td', { class: 'number' }, show(key, before[key])), element('td', { class: 'number' }, show(key, after[key])),
    element('td', { class: 'number' }, show(key, (after[key] || 0) - (before[key] || 0)))));
  return element('div', {}, element('p', {}, Object.entries(result.changes || {}).filter(([, value]) => typeof value === 'number').map(([key, value]) => `${value} ${key.replaceAll('_', ' ')}`).join(', ')), table(['', 'Now', 'With the draft', 'Difference'], rows));
}

for (const button of document.querySelectorAll('[data-run]')) {
  button.addEventListener('click', () => attempt(async () => {
    if (!await named()) return;
    await saving;
    button.disabled = true;
    try { await runs[button.dataset.run](); } finally { state(await api(`/v1/drafts/${draft}`)); }
  }));
}
for (const button of document.querySelectorAll('[data-say]')) {
  button.addEventListener('click', () => attempt(async () => {
    if (!await named()) return;
    await saving;
    const now = await api(`/v1/drafts/${draft}/${button.dataset.say}`, { method: 'POST', body: {} });
    toast(`The draft is ${now.state || 'active'} now.`);
    state(await api(`/v1/drafts/${draft}`));
  }));
}
document.getElementById('begin')?.addEventListener('click', () => attempt(async () => {
  if (!await named()) return;
  const made = await api(`/v1/policies/${encodeURIComponent(policy)}/drafts`, { method: 'POST', body: { base: bench.dataset.digest } });
  location.assign(`/drafts/${made.id}?file=${encodeURIComponent(file)}`);
}));
document.getElementById('diff')?.addEventListener('click', () => attempt(async () => {
  await saving;
  const { files: changed } = await api(`/v1/drafts/${draft}/diff`);
  tell('Differences from what it was begun from', ...(changed.length ? changed.map((one) => element('div', {}, element('h3', {}, `${one.path}: ${one.change}`), lines(one.diff))) : [element('p', {}, 'None.')]));
}));

function lines(diff) {
  const pre = element('pre', { class: 'diff' });
  for (const line of diff.split('\n')) pre.append(element('span', { class: line.startsWith('+') ? 'plus' : line.startsWith('-') ? 'minus' : undefined }, `${line}\n`));
  return pre;
}

attempt(async () => {
  await open(file);
  if (draft) state(await api(`/v1/drafts/${draft}`));
});
