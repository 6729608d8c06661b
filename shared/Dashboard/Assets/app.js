// Shows fragments that the app renders, keeps them up to date, and follows pointer and keyboard. Names and texts come escaped from the
// app; this module writes texts only. The key lives in this tab's sessionStorage and travels in a header, never in an address.
const $ = (s, e = document) => e.querySelector(s), all = (s, e = document) => [...e.querySelectorAll(s)];
const on = (e, type, f, how) => e.addEventListener(type, f, how);
const base = new URL('.', location.href).pathname, main = $('#main'), tell = text => { $('#live').textContent = text; };
const STORE = 'hsnas-key', EVERY = 2000, SLOW = 5000;
let view = '', tag = '', timer = 0, turn = 0, picked = null;

const key = () => sessionStorage[STORE] || '';
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
  const known = path || 'searches', sent = new URLSearchParams(query);
  sent.delete('proof');
  return /^[a-z]+(\/\w+)?$/.test(known) ? 'ui/' + known + (sent.size ? '?' + sent : '') : 'ui/searches';
}

async function show(fresh) {
  clearTimeout(timer);
  const mine = ++turn, path = address();
  if (fresh || path !== view) { tag = ''; view = path; }
  let wait = EVERY;
  try {
    const answer = await ask(path, { headers: tag && { 'If-None-Match': tag } });
    if (mine !== turn) return;
    if (answer.status === 401) return signIn(key() ? 'The app does not know this key.' : 'This app asks for a key.');
    tell('');
    if (answer.status === 200) {
      tag = answer.headers.get('ETag');
      put(await answer.text(), fresh);
    } else if (answer.status === 404) put($('#none').innerHTML, fresh);
    else if (answer.status !== 304) {
      tell(`The app answers ${answer.status}; trying again.`);
      wait = SLOW;
    }
  } catch {
    if (mine !== turn) return;
    tell('The app does not answer; trying again.');
    wait = SLOW;
  }
  if (!path.startsWith('ui/new')) timer = setTimeout(again, wait);
}
// A tab that is not seen asks nothing.
function again() { document.hidden ? on(document, 'visibilitychange', again, { once: true }) : show(); }

// What the reader opened, chose, or moved stays as it was when the page is replaced.
function put(html, fresh) {
  const open = all('details[data-keep]').filter(d => d.open).map(d => d.dataset.keep);
  const chosen = all('[data-compare] :checked').map(c => c.value), limit = $('[data-limit]'), moved = limit?.dataset.used;
  const kept = !fresh && picked !== null && [...$('[data-card]')?.childNodes || []];
  const at = document.activeElement, name = main.contains(at) ? selector(at) : '';
  const scrolls = all('.scroll').map(s => s.scrollLeft);
  main.innerHTML = html;
  list = null;
  all('details[data-keep]').forEach(d => d.open = open.includes(d.dataset.keep));
  all('[data-compare] [type=checkbox]').forEach(c => c.checked = chosen.includes(c.value));
  all('time').forEach(t => { t.textContent = new Date(t.dateTime).toLocaleString(); t.title = t.dateTime; });
  if (!fresh) all('.scroll').forEach((s, i) => s.scrollLeft = scrolls[i] || 0);
  if (fresh) {
    picked = null;
    seen = { k: 1, x: 0, y: 0 };
    scrollTo(0, 0);
    document.title = 'HsNas: ' + ($('h1', main)?.textContent.trim() || '');
  }
  if (seen.k > 1) look(seen.k, seen.x, seen.y);
  if (kept && $('[data-card]')) { $('[data-card]').replaceChildren(...kept); mark(picked); }
  if (moved && $('[data-limit]')) { $('[data-limit]').value = moved; slide($('[data-limit]')); }
  (fresh ? main : name && $(name, main))?.focus?.({ preventScroll: true });
}
function selector(e) {
  if (e.id) return '#' + CSS.escape(e.id);
  for (const a of ['name', 'href', 'data-post', 'data-save', 'data-copy', 'data-points', 'data-limit', 'aria-label']) {
    if (!e.hasAttribute(a)) continue;
    const which = e.value && e.type === 'checkbox' ? `[value="${CSS.escape(e.value)}"]` : '';
    return `${e.localName}[${a}="${CSS.escape(e.getAttribute(a))}"]${which}`;
  }
  return e.localName === 'summary' ? `details[data-keep="${CSS.escape(e.parentNode.dataset.keep || '')}"] > summary` : '';
}

function signIn(why) {
  $('#why').textContent = why;
  main.replaceChildren();
  if (!$('#sign').open) $('#sign').showModal();
}
on($('#sign'), 'cancel', e => e.preventDefault());
on($('#sign form'), 'submit', e => {
  e.preventDefault();
  sessionStorage[STORE] = $('#key').value.trim();
  $('#key').value = '';
  $('#sign').close();
  signedIn();
  show(true);
});
function signedIn() { $('#out').hidden = !key(); }
on($('#out'), 'click', () => {
  delete sessionStorage[STORE];
  signedIn();
  turn++;
  clearTimeout(timer);
  signIn('Signed out: the key is forgotten.');
});
