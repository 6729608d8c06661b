// Shows fragments that the app renders, keeps them up to date, and follows pointer and keyboard. Names and texts come escaped from the
// app; this module writes texts only. The key lives in this tab's sessionStorage and travels in a header, never in an address.
const $ = (s, e = document) => e.querySelector(s), all = (s, e = document) => [...e.querySelectorAll(s)];
const base = new URL('.', location.href).pathname, main = $('#main'), live = $('#live');
const STORE = 'hsnas-key', EVERY = 2000, SLOW = 5000;
let view = '', tag = '', timer = 0, turn = 0, picked = null;

const key = () => sessionStorage.getItem(STORE) || '';
function ask(path, options = {}) {
  const headers = { ...options.headers };
  const proof = path.startsWith('ui/shared/') && new URLSearchParams(location.hash.split('?')[1]).get('proof');
  if (proof) headers['x-hsnas-link'] = proof;
  else if (key()) headers['x-functions-key'] = key();
  return fetch(base + path, { ...options, headers, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
}

// "#/searches/ID?axis=gFlops" shows the fragment "ui/searches/ID?axis=gFlops".
function address() {
  const [path, query] = (location.hash.slice(2) || '').split('?');
  const known = path === '' ? 'searches' : path;
  const sent = new URLSearchParams(query);
  sent.delete('proof');
  return /^[a-z]+(\/[A-Za-z0-9]+)?$/.test(known) ? 'ui/' + known + (sent.size ? '?' + sent : '') : 'ui/searches';
}

async function show(fresh) {
  clearTimeout(timer);
  const mine = ++turn, path = address();
  if (fresh || path !== view) { tag = ''; view = path; }
  let wait = EVERY;
  try {
    const answer = await ask(path, tag ? { headers: { 'If-None-Match': tag } } : {});
    if (mine !== turn) return;
    if (answer.status === 401) return signIn(key() ? 'The app does not know this key.' : 'This app asks for a key.');
    live.textContent = '';
    if (answer.status === 200) {
      tag = answer.headers.get('ETag') || '';
      put(await answer.text(), fresh);
    } else if (answer.status === 404) put('<h1>Not here</h1><p>There is no such page. <a href="#/">All searches</a></p>', fresh);
    else if (answer.status !== 304) { live.textContent = 'The app answers ' + answer.status + '; trying again.'; wait = SLOW; }
  } catch {
    if (mine !== turn) return;
    live.textContent = 'The app does not answer; trying again.';
    wait = SLOW;
  }
  if (!path.startsWith('ui/new')) timer = setTimeout(() => document.hidden ? pause() : show(false), wait);
}
function pause() { document.addEventListener('visibilitychange', () => show(false), { once: true }); }

// What the reader opened, chose, or moved stays as it was when the page is replaced.
function put(html, fresh) {
  const open = all('details[data-keep]').filter(d => d.open).map(d => d.dataset.keep);
  const chosen = all('[data-compare] :checked').map(c => c.value), limit = $('[data-limit]'), moved = limit && limit.dataset.used;
  const card = $('[data-card]'), kept = !fresh && picked !== null && card ? [...card.childNodes] : null;
  const at = document.activeElement, name = at && at !== document.body && main.contains(at) ? selector(at) : '';
  const scrolls = all('.scroll').map(s => s.scrollLeft);
  main.innerHTML = html;
  all('details[data-keep]').forEach(d => { d.open = open.includes(d.dataset.keep); });
  all('[data-compare] [type=checkbox]').forEach(c => { c.checked = chosen.includes(c.value); });
  all('time').forEach(t => { t.textContent = new Date(t.dateTime).toLocaleString(); t.title = t.dateTime; });
  if (!fresh) all('.scroll').forEach((s, i) => { s.scrollLeft = scrolls[i] || 0; });
  if (fresh) { picked = null; window.scrollTo(0, 0); document.title = 'HsNas: ' + ($('h1', main)?.textContent.trim() || ''); }
  if (kept && $('[data-card]')) { $('[data-card]').replaceChildren(...kept); mark(picked); }
  if (moved && $('[data-limit]')) { $('[data-limit]').value = moved; slide($('[data-limit]')); }
  if (fresh) main.focus({ preventScroll: true });
  else if (name) $(name, main)?.focus({ preventScroll: true });
}
function selector(e) {
  if (e.id) return '#' + CSS.escape(e.id);
  for (const a of ['name', 'href', 'data-post', 'data-save', 'data-copy', 'data-points', 'data-limit', 'aria-label']) {
    if (e.hasAttribute(a)) return e.localName + '[' + a + '="' + CSS.escape(e.getAttribute(a)) + '"]' + (e.value && e.type === 'checkbox' ? '[value="' + CSS.escape(e.value) + '"]' : '');
  }
  return e.localName === 'summary' ? 'details[data-keep="' + CSS.escape(e.parentNode.dataset.keep || '') + '"] > summary' : '';
}

function signIn(why) {
  $('#why').textContent = why;
  main.replaceChildren();
  if (!$('#sign').open) $('#sign').showModal();
  $('#key').value = '';
}
$('#sign').addEventListener('cancel', e => e.preventDefault());
$('#sign form').addEventListener('submit', e => {
  e.preventDefault();
  sessionStorage.setItem(STORE, $('#key').value.trim());
  $('#key').value = '';
  $('#sign').close();
  signedIn();
  show(true);
});
function signedIn() { $('#out').hidden = !key(); }
$('#out').addEventListener('click', () => { sessionStorage.removeItem(STORE); signedIn(); turn++; clearTimeout(timer); signIn('Signed out: the key is forgotten.'); });

// Points: the nearest under the pointer, or the next by keyboard; the card is asked of the app.
const cards = new Map();
let wanted = 0;
async function pick(n) {
  picked = n;
  mark(n);
  const mine = ++wanted, points = $('[data-points]'), at = 'ui/' + points.dataset.path + '/card?n=' + n;
  if (!cards.has(at)) {
    await new Promise(r => setTimeout(r, 60));
    if (mine !== wanted) return;
    const answer = await ask(at).catch(() => null);
    if (!answer || !answer.ok) return;
    if (cards.size > 500) cards.clear();
    cards.set(at, await answer.text());
  }
  if (mine === wanted && $('[data-card]')) $('[data-card]').innerHTML = cards.get(at);
}
function mark(n) {
  const point = $('circle[data-n="' + n + '"]'), ring = $('[data-picked]');
  if (point && ring) { ring.setAttribute('cx', point.getAttribute('cx')); ring.setAttribute('cy', point.getAttribute('cy')); }
}
main.addEventListener('pointerover', e => { const n = e.target.dataset?.n; if (n !== undefined && +n !== picked) pick(+n); });
main.addEventListener('keydown', e => {
  if (!e.target.matches('[data-points]') || !['ArrowRight', 'ArrowLeft', 'Home', 'End'].includes(e.key)) return;
  e.preventDefault();
  const points = all('circle[data-n]', e.target).sort((a, b) => a.cx.baseVal.value - b.cx.baseVal.value || a.dataset.n - b.dataset.n);
  const at = points.findIndex(p => +p.dataset.n === picked);
  const next = e.key === 'Home' ? 0 : e.key === 'End' ? points.length - 1 : Math.max(0, Math.min(points.length - 1, at + (e.key === 'ArrowRight' ? 1 : -1)));
  if (points[next]) pick(+points[next].dataset.n);
});

// The limit is answered from the front, which the page holds: no request is needed.
function slide(input) {
  const points = $('[data-points]'), line = $('[data-moved]'), most = +input.value, d = line.dataset;
  input.dataset.used = input.value;
  const x = +d.left + (most - d.low) / (d.high - d.low) * (d.right - d.left);
  line.setAttribute('x1', x); line.setAttribute('x2', x);
  const kept = JSON.parse(points.dataset.front).filter(f => f[0] <= most), best = kept[kept.length - 1];
  const unit = points.dataset.unit ? ' ' + points.dataset.unit : '', number = v => (+v).toPrecision(5);
  $('[data-answer]').textContent = best
    ? 'Under ' + number(most) + unit + ': ' + points.dataset.metric + ' ' + number(best[1]) + ' at ' + number(best[0]) + unit + '.'
    : 'Nothing that was scored keeps ' + number(most) + unit + '.';
  if (best && best[2] !== picked) pick(best[2]);
}
main.addEventListener('input', e => { if (e.target.matches('[data-limit]')) slide(e.target); });

// Filters and choices are part of the address, so a view can be linked to.
main.addEventListener('change', e => {
  const box = e.target.closest('[data-query]');
  if (!box || !e.target.name) return;
  const [path, query] = location.hash.split('?'), given = new URLSearchParams(query);
  if (e.target.value) given.set(e.target.name, e.target.value); else given.delete(e.target.name);
  location.hash = (path || '#/') + (given.size ? '?' + given : '');
});

main.addEventListener('submit', e => {
  e.preventDefault();
  if (e.target.matches('[data-compare]')) {
    const ids = all(':checked', e.target).map(c => c.value);
    if (ids.length < 2 || ids.length > 5) live.textContent = 'Choose two to five searches.';
    else location.hash = '#/compare?ids=' + ids.join(',');
  } else if (e.target.matches('[data-start]')) start(e.target);
});

function request(form) {
  const body = {}, put = (path, value) => {
    const names = path.split('.'), last = names.pop();
    let at = body;
    for (const n of names) { if (typeof at[n] !== 'object') at[n] = {}; at = at[n]; }
    at[last] = value;
  };
  for (const e of all('[data-path]', form)) {
    const { path, kind } = e.dataset, text = e.value.trim();
    if (kind === 'flag') { if (String(e.checked) !== e.dataset.default) put(path, e.checked); }
    else if (kind === 'word') { if (e.checked) put(path, e.value); }
    else if (kind === 'list') { if (e.checked) put(path, all('[data-path="' + path + '"]:checked', form).map(c => c.value)); }
    else if (text && text !== e.dataset.default) put(path, kind === 'number' && Number.isFinite(+text) ? +text : text);
  }
  return body;
}
async function start(form) {
  all('[data-fault]', form).forEach(f => { f.hidden = true; });
  const fault = (path, text) => {
    const place = $('[data-fault="' + CSS.escape(path) + '"]', form) || $('[data-fault=""]', form);
    place.textContent = (place.dataset.fault === path ? '' : path + ' ') + text;
    place.hidden = false;
    place.scrollIntoView({ block: 'center' });
  };
  const answer = await post('searches', JSON.stringify(request(form)));
  if (!answer) return;
  const told = await answer.json().catch(() => ({}));
  if (answer.status === 202) location.hash = '#/searches/' + told.id;
  else if (told.errors) for (const [path, texts] of Object.entries(told.errors)) fault(path, texts.join(' '));
  else fault('', told.detail || refusal(answer.status));
}
const refusal = s => s === 401 ? 'This key may read, but not write.' : 'The app answers ' + s + '.';
const post = (path, body) => ask(path, { method: 'POST', body, headers: body ? { 'Content-Type': 'application/json' } : {} })
  .catch(() => { live.textContent = 'The app does not answer.'; return null; });

main.addEventListener('click', async e => {
  const button = e.target.closest('button');
  if (!button) return;
  const { post: where, ask: question, save, name, copy, share } = button.dataset;
  if (where && (!question || confirm(question))) {
    const answer = await post(where);
    if (answer) live.textContent = answer.status === 202 ? 'Done; it takes a moment to show.' : refusal(answer.status);
    show(false);
  } else if (save) {
    const answer = await ask(save).catch(() => null);
    if (!answer || !answer.ok) { live.textContent = answer ? refusal(answer.status) : 'The app does not answer.'; return; }
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  } else if (share) {
    const answer = await post(share), told = answer && answer.ok ? await answer.json() : null;
    $('#link').hidden = false;
    $('#link').textContent = told ? 'Until ' + new Date(told.until).toLocaleString() + ': ' + new URL(told.address, location.href) : answer ? refusal(answer.status) : '';
  } else if (copy) {
    await navigator.clipboard.writeText($('#' + copy).textContent).then(() => { button.textContent = 'Copied'; }, () => getSelection().selectAllChildren($('#' + copy)));
  }
});

addEventListener('hashchange', () => show(true));
signedIn();
show(true);
