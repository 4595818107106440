// A plan of the fleet: asked for here, looked at until it is there.
import { api, attempt } from 'regrade/api';

const form = document.getElementById('plan');
form?.addEventListener('submit', (event) => {
  event.preventDefault();
  const settings = {};
  for (const name of ['canary', 'wave', 'most']) if (form[name].value !== '') settings[name] = Number(form[name].value);
  attempt(async () => {
    form.querySelector('button').disabled = true;
    try {
      const plan = await api('/v1/plans', { method: 'POST', body: { settings } });
      await wait(plan.id, document.getElementById('planning'));
      location.assign(`/plans/${plan.id}`);
    } finally {
      form.querySelector('button').disabled = false;
    }
  });
});

const running = document.getElementById('running');
if (running?.dataset.plan) attempt(async () => { await wait(running.dataset.plan, running); location.reload(); });

for (const one of document.querySelectorAll('.waves a')) {
  one.addEventListener('click', () => { document.querySelector(one.hash).open = true; });
}

async function wait(id, told) {
  for (;;) {
    const plan = await api(`/v1/plans/${id}`);
    if (plan.state !== 'running') return;
    told.textContent = `${plan.decided.toLocaleString('en-US')} of ${plan.machines.toLocaleString('en-US')} machines are decided…`;
    await new Promise((done) => { setTimeout(done, 400); });
  }
}
