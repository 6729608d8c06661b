
// Filters and choices are part of the address, so a view can be linked to.
on(main, 'change', e => {
  const box = e.target.closest('[data-query]');
  if (!box || !e.target.name) return;
  const [path, query] = location.hash.split('?'), given = new URLSearchParams(query);
  if (e.target.value) given.set(e.target.name, e.target.value); else given.delete(e.target.name);
  location.hash = (path || '#/') + (given.size ? '?' + given : '');
});

on(main, 'submit', e => {
  e.preventDefault();
  if (e.target.matches('[data-compare]')) {
    const ids = all(':checked', e.target).map(c => c.value);
    if (ids.length < 2 || ids.length > 5) tell('Choose two to five searches.');
    else location.hash = '#/compare?ids=' + ids.join(',');
  } else if (e.target.matches('[data-start]')) start(e.target);
});

function request(form) {
  const body = {}, put = (path, value) => {
    const names = path.split('.'), last = names.pop();
    names.reduce((at, n) => at[n] = typeof at[n] === 'object' ? at[n] : {}, body)[last] = value;
  };
  for (const e of all('[data-path]', form)) {
    const { path, kind, default: usual } = e.dataset, text = e.value.trim();
    if (kind === 'flag') { if ('' + e.checked !== usual) put(path, e.checked); }
    else if (kind === 'word') { if (e.checked) put(path, e.value); }
    else if (kind === 'list') { if (e.checked) put(path, all(`[data-path="${path}"]:checked`, form).map(c => c.value)); }
    else if (text && text !== usual) put(path, kind === 'number' && isFinite(text) ? +text : text);
  }
  return body;
}
async function start(form) {
  all('[data-fault]', form).forEach(f => f.hidden = true);
  const fault = (path, text) => {
    const place = $(`[data-fault="${CSS.escape(path)}"]`, form) || $('[data-fault=""]', form);
    place.textContent = (place.dataset.fault === path ? '' : path + ' ') + text;
    place.hidden = false;
    place.scrollIntoView({ block: 'center' });
  };
  const kind = form.dataset.start, answer = await post(kind, form.json?.value || JSON.stringify(request(form)));
  if (!answer) return;
  const told = await answer.json().catch(() => ({}));
  if (answer.status === 202) location.hash = `#/${kind}/${told.id}`;
  else if (told.errors) for (const [path, texts] of Object.entries(told.errors)) fault(path, texts.join(' '));
  else fault('', told.detail || refusal(answer.status));
}
const refusal = s => s === 401 ? 'This key may read, but not write.' : `The app answers ${s}.`;
const send = (path, options) => ask(path, options).catch(() => tell('The app does not answer.'));
const post = (path, body) => send(path, { method: 'POST', body, headers: body && { 'Content-Type': 'application/json' } });

on(main, 'click', async e => {
  const button = e.target.closest('button');
  const { post: where, ask: question, save, name, copy, share, zoom: by } = button?.dataset || {};
  if (by) zoom(+by);
  else if (where && (!question || confirm(question))) {
    const answer = await post(where);
    if (answer) tell(answer.status === 202 ? 'Done; it takes a moment to show.' : refusal(answer.status));
    show();
  } else if (save) {
    const answer = await send(save);
    if (!answer?.ok) return answer && tell(refusal(answer.status));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  } else if (share) {
    const answer = await post(share), told = answer?.ok && await answer.json(), link = $('#link');
    link.hidden = !answer;
    link.textContent = told ? `Until ${new Date(told.until).toLocaleString()}: ${new URL(told.address, location.href)}`
      : answer ? refusal(answer.status) : '';
  } else if (copy) {
    const text = $('#' + copy);
    await navigator.clipboard.writeText(text.textContent)
      .then(() => { button.textContent = 'Copied'; }, () => getSelection().selectAllChildren(text));
  }
});

on(window, 'hashchange', () => show(true));
signedIn();
show(true);
