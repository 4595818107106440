// The log: verified here, exported, and what else is in it.
import { api, attempt, element, time, toast } from 'regrade/api';
import { leaves, verifyLog } from 'regrade/verify';

const byId = (id) => document.getElementById(id);

byId('print').addEventListener('click', () => print());

byId('verify-log').addEventListener('click', () => attempt(async () => {
  const result = await verifyLog(await api('/v1/audit/checkpoint', { text: true }), byId('vkey').textContent);
  byId('log-proof').replaceChildren(element('p', { class: `note ${result.good ? 'good' : 'bad'}` }, result.words));
}));

byId('export').addEventListener('click', (event) => attempt(async () => {
  const button = event.target;
  button.disabled = true;
  try {
    const parts = [];
    let next = button.dataset.from;
    let count = 0;
    while (next) {
      const page = await api(next);
      for (const decision of page.decisions) {
        const receipt = await api(`/v1/decisions/${decision.id}/receipt`, { text: true }).catch(() => null);
        parts.push(`${JSON.stringify({ decision, receipt })}\n`);
        button.textContent = `${(++count).toLocaleString('en-US')} written…`;
      }
      next = page.next ? `${button.dataset.from}&cursor=${encodeURIComponent(page.next)}` : null;
    }
    const link = element('a', { href: URL.createObjectURL(new Blob(parts, { type: 'application/x-ndjson' })), download: 'decisions.ndjson' });
    link.click();
    toast(`${count.toLocaleString('en-US')} decisions with their receipts were exported.`);
  } finally {
    button.disabled = false;
    button.textContent = 'Export NDJSON with receipts';
  }
}));

attempt(async () => {
  const all = await leaves(await api('/v1/audit/checkpoint', { text: true }), 40);
  const row = ({ index, leaf }) => element('tr', {}, element('td', { class: 'number' }, index.toLocaleString('en-US')), element('th', { scope: 'row' }, leaf.type || 'decision'),
    element('td', {}, leaf.at || leaf.decided_at || leaf.time ? time(leaf.at || leaf.decided_at || leaf.time) : '–'), element('td', {}, leaf.by || leaf.who || '–'),
    element('td', {}, Object.entries(leaf).filter(([key]) => !['type', 'at', 'by', 'time'].includes(key)).slice(0, 5).map(([key, value]) => `${key} ${String(typeof value === 'object' ? JSON.stringify(value) : value).slice(0, 40)}`).join(', ')));
  byId('leaves').replaceChildren(element('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Entries' }, element('table', { class: 'rows' },
    element('thead', {}, element('tr', {}, ...['Entry', 'What', 'When', 'Who', 'Content'].map((head) => element('th', { scope: 'col' }, head)))), element('tbody', {}, ...all.map(row)))));
});
