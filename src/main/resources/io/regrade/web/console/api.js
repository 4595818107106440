// What goes to the API, from this page as from any other client.

export const actor = () => localStorage.getItem('regrade.actor') || '';

/** Asks the API; answers the parsed body, or throws an Error whose message is the problem's. */
export async function api(path, { method = 'GET', body, headers = {}, text = false, keepalive = false } = {}) {
  const all = { Accept: text ? 'text/plain' : 'application/json', ...headers };
  if (actor()) all['Regrade-Actor'] = actor();
  if (body !== undefined && !all['Content-Type']) all['Content-Type'] = 'application/json';
  const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  let answer;
  try {
    answer = await fetch(path, { method, headers: all, body: raw ? body : JSON.stringify(body), keepalive });
  } catch {
    throw new Error('The server does not answer. Maybe it is being restarted.');
  }
  if (!answer.ok) throw await problem(answer);
  if (answer.status === 204) return null;
  return text ? answer.text() : answer.json();
}

async function problem(answer) {
  let told = {};
  try {
    told = await answer.json();
  } catch { /* no problem document: the status has to do */ }
  const details = (told.errors || []).map((one) => one.message).slice(0, 5).join(' · ');
  const error = new Error([told.detail || told.title || `HTTP ${answer.status}`, details].filter(Boolean).join(': '));
  error.status = answer.status;
  error.problem = told;
  return error;
}

/** An element with its attributes, and what is in it: texts are texts, whatever they contain. */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, '');
    else if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value);
  }
  made.append(...content.filter((one) => one !== undefined && one !== null));
  return made;
}

/** Tells something at the edge of the page; with an undo, answers whether it was left alone. */
export function toast(message, { bad = false, undo = false, millis = bad ? 9000 : 5000 } = {}) {
  return new Promise((done) => {
    const box = element('div', { class: bad ? 'toast bad' : 'toast' }, element('span', {}, message));
    const end = (kept) => { clearTimeout(timer); box.remove(); done(kept); };
    const button = element('button', { type: 'button' }, undo ? 'Undo' : 'Close');
    button.addEventListener('click', () => end(!undo));
    box.append(button);
    document.getElementById('toasts').append(box);
    const timer = setTimeout(() => end(true), millis);
  });
}

/** Does something and tells when it fails. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(error.message, { bad: true });
    return undefined;
  }
}

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Tells times in the viewer's zone, with UTC on hover. */
export function times(within = document) {
  for (const one of within.querySelectorAll('time[datetime]:not([title])')) {
    const at = new Date(one.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    one.title = at.toISOString().replace('T', ' ').replace(/\.\d+Z$/, '') .replace('Z', '') + ' UTC';
    one.textContent = WHEN.format(at);
  }
}

export function time(iso) {
  const made = element('time', { datetime: iso }, iso);
  times({ querySelectorAll: () => [made] });
  return made;
}

/** US dollars. */
export const money = (usd) => usd === undefined || usd === null || Number.isNaN(usd) ? '–'
  : (usd < 0 ? '−$' : '$') + Math.abs(usd).toLocaleString('en-US', Math.abs(usd) >= 1000
    ? { maximumFractionDigits: 0 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** An amount with four significant digits. */
export const amount = (number) => typeof number !== 'number' ? '–'
  : Number(number.toPrecision(Math.abs(number) >= 1000 ? 15 : 4)).toLocaleString('en-US', { maximumFractionDigits: Math.abs(number) >= 1000 ? 0 : 6 });
