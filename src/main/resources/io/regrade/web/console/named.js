// Policies change only under a name: asks for it when none was given yet.
import { actor } from 'regrade/api';

export function named() {
  if (actor()) return Promise.resolve(true);
  const dialog = document.getElementById('actor-dialog');
  document.getElementById('actor').click();
  return new Promise((done) => {
    dialog.addEventListener('close', () => setTimeout(() => done(Boolean(actor()))), { once: true });
  });
}
