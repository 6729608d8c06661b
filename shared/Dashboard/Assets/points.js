// Points: the one under the pointer, or the next by keyboard; the card is asked of the app.
let wanted = 0, list = null;
async function pick(n) {
  picked = n;
  mark(n);
  const mine = ++wanted;
  await new Promise(r => setTimeout(r, 60));
  if (mine !== wanted) return;
  const answer = await ask(`ui/${$('[data-points]').dataset.path}/card?n=${n}`).catch(() => null), html = answer?.ok && await answer.text();
  if (html && mine === wanted && $('[data-card]')) $('[data-card]').innerHTML = html;
}
// All points as [number, x, y] from left to right, out of the one path that draws them and the steps between their numbers.
function points() {
  if (list) return list;
  let n = 0;
  const crowd = $('[data-crowd]'), at = crowd?.getAttribute('d').match(/[\d.]+/g),
    read = (step, i) => [n += +step, +at[3 * i], +at[3 * i + 1]];
  return list = at ? crowd.dataset.crowd.split(' ').map(read).sort((a, b) => a[1] - b[1]) : [];
}
function mark(n) {
  const [, x, y] = points().find(p => p[0] === n) || [], ring = $('[data-picked]'), { k } = seen;
  if (x === undefined) return;
  ring.setAttribute('cx', x);
  ring.setAttribute('cy', y);
  const [l, r] = numbers('x'), [b, t] = numbers('y'), px = k * x + seen.x, py = k * y + seen.y;
  if (px < l || px > r || py < t || py > b) look(k, (l + r) / 2 - k * x, (t + b) / 2 - k * y);
}
// The point under the pointer, else the nearest within reach.
on(main, 'pointermove', e => {
  const svg = e.target.closest('[data-points] svg');
  if (!svg || drag) return;
  const { k, x, y } = seen, at = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
  let n = e.target.dataset.n, least = 8;
  if (!n) for (const p of points()) {
    const d = Math.hypot(k * p[1] + x - at.x, k * p[2] + y - at.y);
    if (d < least) [n, least] = ['' + p[0], d];
  }
  if (n && +n !== picked) pick(+n);
});
on(main, 'keydown', e => {
  if (!e.target.matches('[data-points]')) return;
  const step = { ArrowRight: 1, ArrowLeft: -1, Home: -1e9, End: 1e9 }[e.key], by = { '+': 1.5, '-': 1 / 1.5, 0: 0 }[e.key];
  if (by === undefined && !step) return;
  e.preventDefault();
  if (!step) return zoom(by);
  const to = points()[clamp(list.findIndex(p => p[0] === picked) + step, 0, list.length - 1)];
  if (to) pick(to[0]);
});

// What is seen of the points: one transform moves and enlarges them all. Ticks keep their places, and say what lies there now.
let seen = { k: 1, x: 0, y: 0 }, drag = null;
const clamp = (v, low, top) => Math.max(low, Math.min(top, v)), numbers = axis => $('[data-pane]').dataset[axis].split(' ').map(Number);
function look(k, x, y) {
  const pane = $('[data-pane]');
  if (!pane) return;
  const [l, r] = numbers('x'), [b, t] = numbers('y');
  pane.style.setProperty('--k', k);
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
window.onpointerup = window.onpointercancel = () => drag = null;

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
