// The running evaluation: how far it is, and an end to it.
import { api, attempt, toast } from 'regrade/api';

const box = document.getElementById('evaluation');
const bar = box.querySelector('progress');
const words = box.querySelector('.words');
const begin = document.getElementById('evaluate');
const cancel = document.getElementById('cancel');
let running = null;

function show(one) {
  box.hidden = false;
  begin.hidden = true;
  cancel.disabled = one.cancelling;
  bar.max = Math.max(1, one.machines);
  bar.value = one.decided;
  words.textContent = one.cancelling ? 'ending…' : `${one.decided.toLocaleString('en-US')} of ${one.machines.toLocaleString('en-US')}`;
}

function follow(one) {
  running = one.id;
  show(one);
  const events = new EventSource(`/v1/evaluations/${one.id}/events`);
  events.addEventListener('progress', (event) => show(JSON.parse(event.data)));
  for (const end of ['done', 'cancelled', 'failed']) {
    events.addEventListener(end, (event) => {
      events.close();
      const last = JSON.parse(event.data);
      running = null;
      box.hidden = true;
      begin.hidden = false;
      toast(end === 'done' ? `${last.decided.toLocaleString('en-US')} machines were evaluated.`
        : `The evaluation ${end === 'failed' ? 'failed: ' + last.error : 'was cancelled'}.`, { bad: end === 'failed' });
      window.htmx?.ajax('GET', location.pathname + location.search, { target: '#fleet', select: '#fleet', swap: 'outerHTML' });
    });
  }
}

begin.addEventListener('click', () => attempt(async () => {
  begin.disabled = true;
  try {
    follow(await api('/v1/evaluations', { method: 'POST', body: {} }));
  } finally {
    begin.disabled = false;
  }
}));
cancel.addEventListener('click', () => attempt(() => api(`/v1/evaluations/${running}/cancel`, { method: 'POST' })));

attempt(async () => {
  const { evaluations } = await api('/v1/evaluations?limit=1');
  if (evaluations[0]?.state === 'running') follow(evaluations[0]);
});
