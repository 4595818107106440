// What every page has: the theme, the name one acts under, times in the viewer's zone, and the keyboard.
import { actor, times } from 'regrade/api';

const root = document.documentElement;
const byId = (id) => document.getElementById(id);

byId('theme').addEventListener('click', () => {
  const dark = getComputedStyle(root).colorScheme === 'dark'
    || (root.dataset.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('regrade.theme', root.dataset.theme);
  dispatchEvent(new Event('regrade:theme'));
});

function tellActor() {
  byId('actor').textContent = actor() ? `Acting as ${actor()}` : 'Act as…';
}
byId('actor').addEventListener('click', () => {
  byId('actor-name').value = actor();
  byId('actor-dialog').showModal();
});
byId('actor-dialog').addEventListener('close', (event) => {
  if (event.target.returnValue === 'save') {
    localStorage.setItem('regrade.actor', byId('actor-name').value.trim());
    tellActor();
  }
});
tellActor();
byId('keys').addEventListener('click', () => byId('keys-dialog').showModal());

times();
document.body.addEventListener('htmx:afterSwap', () => times());

let before = '';
document.addEventListener('keydown', (event) => {
  const target = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || target.isContentEditable
    || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || document.querySelector('dialog[open]')) return;
  const key = event.key;
  if (before === 'g') {
    const link = document.querySelector(`nav a[data-key="${CSS.escape(key)}"]`);
    if (link) link.click();
  } else if (key === '/') {
    const search = document.querySelector('input[type="search"]');
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  } else if (key === '?') {
    byId('keys-dialog').showModal();
  } else if (key === 'j' || key === 'k') {
    step(key === 'j' ? 1 : -1);
  } else if (key === 'x') {
    document.querySelector('.rows tr.here input[type="checkbox"]')?.click();
  }
  before = key;
});

function step(by) {
  const rows = [...document.querySelectorAll('.rows tbody tr')];
  const at = rows.findIndex((row) => row.classList.contains('here'));
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  if (!next) return;
  rows[at]?.classList.remove('here');
  next.classList.add('here');
  (next.querySelector('th a, td a') || next).focus();
}
