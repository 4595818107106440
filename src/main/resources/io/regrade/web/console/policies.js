// Drafts that are begun, and versions that are gone back to.
import { api, attempt, toast } from 'regrade/api';
import { named } from 'regrade/named';

for (const button of document.querySelectorAll('[data-begin]')) {
  button.addEventListener('click', () => attempt(async () => {
    if (!await named()) return;
    const draft = await api(`/v1/policies/${encodeURIComponent(button.dataset.begin)}/drafts`, { method: 'POST', body: { base: 'active' } });
    location.assign(`/drafts/${draft.id}`);
  }));
}
for (const button of document.querySelectorAll('[data-rollback]')) {
  button.addEventListener('click', async () => {
    if (!await named()) return;
    const kept = await toast('Rolling back…', { undo: true, millis: 5000 });
    if (!kept) return;
    attempt(async () => {
      await api(`/v1/policies/${encodeURIComponent(button.dataset.rollback)}/rollback`, { method: 'POST', body: { to: button.dataset.to } });
      location.reload();
    });
  });
}
