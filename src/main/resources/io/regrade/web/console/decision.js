// One decision: its proof, its repetition, its graph, why not another target, and what would turn it.
import { amount, api, attempt, element } from 'regrade/api';
import { verify } from 'regrade/verify';

const byId = (id) => document.getElementById(id);
const page = byId('decision');
const id = location.pathname.split('/')[2];
const proof = byId('proof');

const note = (kind, ...content) => proof.replaceChildren(element('p', { class: `note ${kind}` }, ...content));

byId('verify').addEventListener('click', () => attempt(async () => {
  const receipt = await api(`/v1/decisions/${id}/receipt`, { text: true });
  const key = await api('/v1/audit/key', { text: true });
  const result = await verify(receipt, key, id);
  note(result.good ? 'good' : 'bad', result.words);
}));

byId('replay').addEventListener('click', () => attempt(async () => {
  note('', 'Deciding again…');
  const answer = await api(`/v1/decisions/${id}/replay`, { method: 'POST' });
  const same = answer.result === 'equal';
  note(same ? 'good' : 'bad', same ? 'Decided again from the same facts, policy and catalogue: the same decision, byte for byte.'
    : 'Decided again, and it came out otherwise at ' + answer.differences.map((one) => one.pointer).join(', ') + '.');
}));

if (page) {
  const { draw } = await import('regrade/graph');
  attempt(() => draw(byId('graph'), byId('node'), id));

  byId('why-not').addEventListener('submit', (event) => {
    event.preventDefault();
    const target = new FormData(event.target).get('target').trim();
    const answer = byId('why-not-answer');
    attempt(async () => {
      answer.hidden = false;
      answer.textContent = 'Looking…';
      try {
        answer.textContent = await api(`/v1/decisions/${id}/why-not/${encodeURIComponent(target)}`, { text: true });
      } catch (error) {
        answer.textContent = error.message;
      }
    });
  });
  counterfactuals();
}

/** Sliders for the numbers that the decision depends on; those that turn it by the smallest change come first. */
async function counterfactuals() {
  const box = byId('sliders');
  try {
    const [{ dials }, found] = await Promise.all([api(`/decisions/${id}/otherwise`), api(`/v1/decisions/${id}/counterfactuals?limit=40`)]);
    const turns = new Map();
    for (const one of found.counterfactuals) {
      const key = `${one.fact}.${one.field}`;
      turns.set(key, (turns.get(key) || []).concat(one.sentence));
    }
    const order = [...turns.keys()];
    const rank = (dial) => (order.includes(dial.name) ? order.indexOf(dial.name) : order.length);
    dials.sort((a, b) => rank(a) - rank(b));
    const made = dials.map((dial) => slider(dial, turns.get(dial.name) || []));
    box.replaceChildren(...made.slice(0, 6));
    if (made.length > 6) box.append(element('details', {}, element('summary', {}, `${made.length - 6} more numbers`), ...made.slice(6)));
    if (!made.length) box.replaceChildren(element('p', {}, 'This decision depends on no number that can be varied.'));
  } catch (error) {
    box.replaceChildren(element('p', { class: 'note bad' }, error.message));
  }
}

const STEPS = 200;

function slider(dial, sentences) {
  const name = `dial-${dial.name.replace(/\W/g, '-')}`;
  // Amounts are far apart: the slider goes by their logarithm where it can.
  const log = dial.least > 0 && dial.greatest / dial.least > 20;
  const to = (value) => STEPS * (log ? Math.log(value / dial.least) / Math.log(dial.greatest / dial.least) : (value - dial.least) / (dial.greatest - dial.least || 1));
  const at = (step) => (log ? dial.least * (dial.greatest / dial.least) ** (step / STEPS) : dial.least + (dial.greatest - dial.least) * step / STEPS);
  const start = Math.round(to(dial.from));
  const input = element('input', { type: 'range', id: name, min: 0, max: STEPS, value: start });
  const output = element('output', { for: name }, `${amount(dial.from)} ${dial.unit}`);
  const told = element('p', { class: 'sub', role: 'status', 'aria-live': 'polite' }, sentences.length ? `It ${sentences[0]}.` : 'No value within its bounds turns the decision by itself.');
  let asked = 0;
  let timer;
  input.addEventListener('input', () => {
    const value = Number(input.value) === start ? dial.from : at(Number(input.value));
    output.textContent = `${amount(value)} ${dial.unit}`;
    input.setAttribute('aria-valuetext', output.textContent);
    clearTimeout(timer);
    const number = ++asked;
    timer = setTimeout(async () => {
      try {
        const answer = await api(`/decisions/${id}/otherwise?name=${encodeURIComponent(dial.name)}&value=${value}`);
        if (number !== asked) return;
        told.className = answer.turned ? 'turned' : 'sub';
        told.textContent = answer.turned ? `Then: ${answer.sentence} ${answer.why}` : 'The same advice as now.';
      } catch (error) {
        told.textContent = error.message;
      }
    }, 120);
  });
  return element('div', { class: 'slider' }, element('label', { for: name }, dial.words), input, output, told);
}
