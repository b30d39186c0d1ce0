// The additive score: swings shared out, performances turned into values.

function weightsOf(tree, swings, share = 1, found = bare()) {
  const swing = member => swings[member.id] ?? member.swing;
  const whole = tree.reduce((sum, member) => sum + swing(member), 0);
  for (const member of tree) {
    found[member.id] = whole > 0 ? share * swing(member) / whole : 0;
    if (member.members) weightsOf(member.members, swings, found[member.id], found);
  }
  return found;
}

const leavesOf = tree => tree.flatMap(member => member.members ? leavesOf(member.members) : [member]);

// Solves (1 - exp(-a m)) / (1 - exp(-a)) = 1/2 for a.
function bendOf(middle) {
  let low = -700, high = 700;
  for (let step = 0; step < 200; step++) {
    const a = (low + high) / 2;
    const half = a === 0 ? middle : Math.expm1(-a * middle) / Math.expm1(-a);
    if (half < 0.5) low = a; else high = a;
  }
  return (low + high) / 2;
}

function valueFunction({ worst, best, middle, points }) {
  if (points) {
    const xs = points.map(([x]) => x), ys = points.map(([, y]) => y);
    return x => interpolated(x, xs, ys);
  }
  const way = x => clipped((x - worst) / (best - worst), 0, 1);
  const share = middle === undefined ? 0.5 : (middle - worst) / (best - worst);
  if (Math.abs(share - 0.5) < 1e-9) return way;
  const bend = bendOf(share);
  return x => Math.expm1(-bend * way(x)) / Math.expm1(-bend);
}

// The mean value of a performance over the draws, in its last year.
function meanValue(value, performance, weights) {
  const from = (performance.t - 1) * performance.k;
  if (performance.k === 1) return value(performance.a[from]);
  let sum = 0, whole = 0;
  for (let i = 0; i < performance.k; i++) {
    sum += weights[i] * value(performance.a[from + i]);
    whole += weights[i];
  }
  return sum / whole;
}
