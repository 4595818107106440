// Recommendations: approve, snooze and dismiss what is selected, with time to undo.
import { actor, api, toast } from 'regrade/api';

const table = document.getElementById('recommendations');
if (table) {
  const rows = () => [...table.tBodies[0].rows];
  const chosen = () => rows().filter((row) => row.querySelector('input').checked && !row.dataset.gone);
  const may = (row, verb) => row.dataset.allowed.split(' ').includes(verb);
  const every = document.getElementById('every');
  const buttons = [...document.querySelectorAll('#bulk [data-verb]')];
  const dialog = document.getElementById('say');
  const form = dialog.querySelector('form');
  let verb = '';

  const tell = () => {
    const all = chosen();
    document.getElementById('selected').textContent = all.length ? `${all.length} selected` : 'None selected';
    buttons.forEach((button) => { button.disabled = !all.some((row) => may(row, button.dataset.verb)); });
    every.checked = all.length > 0 && all.length === rows().filter((row) => !row.querySelector('input').disabled).length;
  };
  table.addEventListener('change', (event) => {
    if (event.target === every) {
      rows().forEach((row) => { const box = row.querySelector('input'); if (!box.disabled) box.checked = every.checked; });
    }
    tell();
  });

  buttons.forEach((button) => button.addEventListener('click', () => {
    verb = button.dataset.verb;
    if (verb === 'approve') say({});
    else ask();
  }));

  function ask() {
    const dismiss = verb === 'dismiss';
    document.getElementById('say-title').textContent = `${dismiss ? 'Dismiss' : 'Snooze'} ${chosen().length} recommendation${chosen().length === 1 ? '' : 's'}`;
    document.getElementById('say-go').textContent = dismiss ? 'Dismiss' : 'Snooze';
    document.getElementById('say-hint').textContent = dismiss
      ? 'Until then the same target is not advised again. The reason is kept; the audit log has only a commitment to it.'
      : 'Until then it is out of the way; it comes back by itself.';
    form.reason.required = dismiss;
    const day = new Date(Date.now() + (dismiss ? 90 : 14) * 86400e3);
    form.until.value = day.toISOString().slice(0, 10);
    form.until.min = new Date(Date.now() + 86400e3).toISOString().slice(0, 10);
    dialog.returnValue = '';
    dialog.showModal();
  }
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'say') {
      say({ reason: form.reason.value.trim() || undefined, until: `${form.until.value}T00:00:00Z` });
      form.reason.value = '';
    }
  });

  // What was said waits until the time to undo has passed, or the page is left.
  let waiting = null;
  addEventListener('pagehide', () => waiting?.());

  async function say(body) {
    const word = verb;
    const past = { approve: 'approved', snooze: 'snoozed', dismiss: 'dismissed' }[word];
    const all = chosen().filter((row) => may(row, word));
    all.forEach((row) => { row.dataset.gone = 'yes'; row.hidden = true; row.querySelector('input').checked = false; });
    tell();
    const send = () => Promise.allSettled(all.map((row) => api(`/v1/recommendations/${row.dataset.id}/${word}`, { method: 'POST', body, keepalive: true })));
    let sent = null;
    waiting = () => { sent ??= send(); };
    const kept = await toast(`${all.length} ${past}${actor() ? ' as ' + actor() : ''}.`, { undo: true, millis: 6000 });
    waiting = null;
    if (!kept && !sent) {
      all.forEach((row) => { delete row.dataset.gone; row.hidden = false; });
      return;
    }
    sent ??= send();
    const failed = (await sent).map((one, at) => [one, all[at]]).filter(([one]) => one.status === 'rejected');
    failed.forEach(([, row]) => { delete row.dataset.gone; row.hidden = false; });
    if (failed.length) toast(`${failed.length} could not be ${past}: ${failed[0][0].reason.message}`, { bad: true });
    all.filter((row) => row.dataset.gone).forEach((row) => row.remove());
    table.dataset.said = String(Number(table.dataset.said || 0) + all.length - failed.length);
  }
}
