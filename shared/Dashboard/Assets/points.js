// Points: the one under the pointer, or the next by keyboard; the card is asked of the app.
const cards = new Map();
let wanted = 0;
async function pick(n) {
  picked = n;
  mark(n);
  const mine = ++wanted, points = $('[data-points]'), at = `ui/${points.dataset.path}/card?n=${n}`;
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
  const point = $(`circle[data-n="${n}"]`), ring = $('[data-picked]');
  if (!point || !ring) return;
  const [x, y] = ['cx', 'cy'].map(a => (ring.setAttribute(a, point.getAttribute(a)), point[a].baseVal.value)), { k } = seen;
  const [l, r] = numbers('x'), [b, t] = numbers('y'), px = k * x + seen.x, py = k * y + seen.y;
  if (px < l || px > r || py < t || py > b) look(k, (l + r) / 2 - k * x, (t + b) / 2 - k * y);
}
on(main, 'pointerover', e => { const n = e.target.dataset?.n; if (!drag && n !== undefined && +n !== picked) pick(+n); });
on(main, 'keydown', e => {
  if (!e.target.matches('[data-points]')) return;
  const step = { ArrowRight: 1, ArrowLeft: -1, Home: -1e9, End: 1e9 }[e.key], by = { '+': 1.5, '-': 1 / 1.5, 0: 0 }[e.key];
  if (by === undefined && !step) return;
  e.preventDefault();
  if (!step) return zoom(by);
  const points = all('circle[data-n]', e.target).sort((a, b) => a.cx.baseVal.value - b.cx.baseVal.value || a.dataset.n - b.dataset.n);
  const to = points[clamp(points.findIndex(p => +p.dataset.n === picked) + step, 0, points.length - 1)];
  if (to) pick(+to.dataset.n);
});

// What is seen of the points: one transform moves and enlarges them all. Ticks keep their places, and say what lies there now.
let seen = { k: 1, x: 0, y: 0 }, drag = null;
const clamp = (v, low, high) => Math.max(low, Math.min(high, v)), numbers = axis => $('[data-pane]').dataset[axis].split(' ').map(Number);
function look(k, x, y) {
  const pane = $('[data-pane]');
  if (!pane) return;
  const [l, r] = numbers('x'), [b, t] = numbers('y');
  if (pane.style.getPropertyValue('--k') !== '' + k) pane.style.setProperty('--k', k);
  seen = { k, x: clamp(x, r * (1 - k), l * (1 - k)), y: clamp(y, b * (1 - k), t * (1 - k)) };
  pane.setAttribute('transform', `translate(${seen.x} ${seen.y}) scale(${k})`);
  for (const tick of all('[data-at]')) {
    const [axis, p] = tick.dataset.at.split(' '), [from, to, low, high] = numbers(axis);
    tick.textContent = +(low + ((p - seen[axis]) / k - from) / (to - from) * (high - low)).toPrecision(4);
  }
}
// Around the middle of what is seen; 0 shows the whole.
function zoom(by) {
  const [l, r] = numbers('x'), [b, t] = numbers('y'), k = by ? clamp(seen.k * by, 1, 60) : 1, f = k / seen.k;
  look(k, (l + r) / 2 * (1 - f) + f * seen.x, (t + b) / 2 * (1 - f) + f * seen.y);
}
on(main, 'pointerdown', e => {
  const svg = e.target.closest('[data-points] svg');
  if (!svg || e.button || e.pointerType === 'touch') return;
  const f = svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
  drag = { x: seen.x - f * e.clientX, y: seen.y - f * e.clientY, f };
});
on(window, 'pointermove', e => { if (drag) look(seen.k, drag.x + e.clientX * drag.f, drag.y + e.clientY * drag.f); });
for (const end of ['pointerup', 'pointercancel']) on(window, end, () => { drag = null; });

// The limit is answered from the front, which the page holds: no request is needed.
function slide(input) {
  const points = $('[data-points]'), line = $('[data-moved]'), most = +input.value, [l, r, low, high] = numbers('x');
  input.dataset.used = input.value;
  for (const x of ['x1', 'x2']) line.setAttribute(x, l + (most - low) / (high - low) * (r - l));
  const best = JSON.parse(points.dataset.front).filter(f => f[0] <= most).pop();
  const number = v => (v.toPrecision(5) + ' ' + points.dataset.unit).trim();
  $('[data-answer]').textContent = best
    ? `Under ${number(most)}: ${points.dataset.metric} ${+best[1].toPrecision(5)} at ${number(best[0])}.`
    : `Nothing that was scored keeps ${number(most)}.`;
  if (best && best[2] !== picked) pick(best[2]);
}
on(main, 'input', e => { if (e.target.matches('[data-limit]')) slide(e.target); });
