// One decision: its proof, its repetition, its graph, why not another target, and what would turn it.
import { api, attempt, element, money, amount } from 'regrade/api';
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

async function counterfactuals() {
  const box = byId('sliders');
  try {
    const found = await api(`/v1/decisions/${id}/counterfactuals?limit=8`);
    box.replaceChildren(...(found.counterfactuals || []).map((one) => element('p', {}, one.sentence)));
    if (!box.children.length) box.replaceChildren(element('p', {}, 'No single change of a fact within its bounds turns this decision.'));
  } catch (error) {
    box.replaceChildren(element('p', { class: 'note bad' }, error.message));
  }
}
void money; void amount;
