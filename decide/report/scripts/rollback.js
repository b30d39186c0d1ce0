// Rolls a strategy's tree back from sums over the draws: decide/program/path_sums.py and
// decide/analyses/policy.py in this language.

const ROUNDING = 1e-9, TIE = 1e-12, ENOUGH_DRAWS = 32, BENT_AWAY = 0.999;

// Steps as [distance of the parent, node, position, probability, total]; operations as the distance
// from the last one, less 1 where it is above 0, and 0 where there is none.
function treeOf(rows, kinds) {
  let last = -1;
  const operation = away => away ? (last += away < 0 ? away : away - 1) : -1;
  const steps = rows.map(([back, node, position, p, t], n) => ({ parent: n - back, node, position,
    kind: node < 0 ? "e" : kinds[node], probability: operation(p), total: operation(t), below: [] }));
  steps.forEach((step, n) => step.parent >= 0 && steps[step.parent].below.push(n));
  return steps;
}

// The certainty equivalent of a lottery over certainty equivalents; the mean without R.
function combined(weights, amounts, R) {
  let whole = 0, sum = 0, least = Infinity;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i] > 0) || Number.isNaN(amounts[i])) continue;
    whole += weights[i];
    sum += weights[i] * amounts[i];
    least = Math.min(least, amounts[i]);
  }
  if (R === null) return sum / whole;
  let bent = 0, left = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i] > 0) || Number.isNaN(amounts[i])) continue;
    bent += weights[i] * Math.expm1((least - amounts[i]) / R);
    left += weights[i] * Math.exp((least - amounts[i]) / R);
  }
  bent /= whole;
  return least - R * (bent < -0.5 ? Math.log(left / whole) : Math.log1p(bent));
}

// What a path end is worth: its mean and its certainty equivalent, by the reach of each draw.
function endWorth(reach, weight, total, R) {
  const k = reach.length, one = total.k === 1, x = total.a;
  let sum = 0;
  for (let i = 0; i < k; i++) sum += reach[i] * x[one ? 0 : i];
  const mean = sum / weight;
  if (R === null) return [mean, mean];
  let least = Infinity;
  for (let i = 0; i < x.length; i++) if (x[i] < least) least = x[i];
  let bent = 0;
  for (let i = 0; i < k; i++) if (reach[i] !== 0) bent += reach[i] * Math.expm1((least - x[one ? 0 : i]) / R);
  if (!(bent >= -BENT_AWAY * weight)) {
    // few draws have the least total: all others are bent to nearly -1, and digits are lost
    least = Infinity;
    for (let i = 0; i < k; i++) if (reach[i] > 0) least = Math.min(least, x[one ? 0 : i]);
    let left = 0;
    for (let i = 0; i < k; i++) if (reach[i] > 0) left += reach[i] * Math.exp((least - x[one ? 0 : i]) / R);
    return [mean, least - R * Math.log(left / weight)];
  }
  return [mean, least - R * Math.log1p(bent / weight)];
}

// Rolls one tree back; `chance(step)` gives a step's probability as an array, null for an option.
function rollBack(steps, chance, totalOf, weights, R, isEnumerated) {
  const count = steps.length, k = weights.length;
  const reach = Array(count), weight = new Float64Array(count), effective = new Map();
  const expected = new Float64Array(count).fill(NaN), certain = new Float64Array(count).fill(NaN);
  let breach = -1; // the first step whose probability leaves 0 to 1 in some draw that comes there
  for (let n = 0; n < count; n++) {
    const step = steps[n], above = step.parent < 0 ? weights : reach[step.parent];
    const p = chance(step);
    if (p === null) {
      reach[n] = above;
      weight[n] = step.parent < 0 ? sumOf(above) : weight[step.parent];
    } else {
      const own = new Float64Array(k), one = p.k === 1, a = p.a;
      let sum = 0;
      for (let i = 0; i < k; i++) {
        const share = a[one ? 0 : i];
        sum += (own[i] = above[i] * share);
        if (!(share >= -ROUNDING && share <= 1 + ROUNDING) && above[i] !== 0 && breach < 0) breach = n;
      }
      reach[n] = own;
      weight[n] = sum;
    }
    if (step.kind === "d") {
      let squares = 0;
      for (let i = 0; i < k; i++) squares += reach[n][i] ** 2;
      effective.set(n, isEnumerated ? Infinity : squares > 0 ? weight[n] ** 2 / squares : 0);
    }
    if (step.kind === "e") [expected[n], certain[n]] = endWorth(reach[n], weight[n], totalOf(step), R);
  }
  const tree = { steps, reach, weight, expected, certain, effective };
  const free = fold(tree, R, new Map());
  const borrowed = isEnumerated ? new Map() : borrowedChoices(tree, free);
  const choice = borrowed.size ? fold(tree, R, borrowed) : free;
  return { ...tree, breach, choice, borrowed, taken: takenSteps(steps, choice) };
}

function sumOf(a) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i];
  return sum;
}

// Fills in what lies above the path ends, and returns the choice at each decision.
function fold({ steps, weight, expected, certain }, R, held) {
  const choice = new Map();
  for (let n = steps.length - 1; n >= 0; n--) {
    const { kind, below } = steps[n];
    if (kind === "e") continue;
    if (kind === "d") {
      const chosen = held.get(n) ?? firstBest(below, certain);
      choice.set(n, chosen);
      expected[n] = expected[chosen];
      certain[n] = certain[chosen];
    } else {
      const weights = below.map(i => weight[i]);
      expected[n] = combined(weights, below.map(i => expected[i]), null);
      certain[n] = combined(weights, below.map(i => certain[i]), R);
    }
  }
  return choice;
}

// The first option within rounding of the best.
function firstBest(options, certain) {
  const x = options.map(n => Number.isNaN(certain[n]) ? -Infinity : certain[n]);
  const best = Math.max(...x);
  const first = x.findIndex(own => own === best
    || own >= best - TIE * Math.max(Math.abs(best), Math.abs(own)));
  return options[first];
}

// A decision with too few draws takes the choice of the nearest history that has enough.
function borrowedChoices({ steps, effective }, free) {
  const alike = new Map(), histories = new Map(), found = new Map();
  for (const n of effective.keys()) {
    const own = historyOf(steps, n), key = own.map(([node]) => node).join();
    histories.set(n, own);
    if (!alike.has(key)) alike.set(key, []);
    alike.get(key).push(n);
  }
  for (const same of alike.values()) {
    const sure = same.filter(n => effective.get(n) >= ENOUGH_DRAWS);
    for (const n of same) {
      if (effective.get(n) >= ENOUGH_DRAWS || !sure.length) continue;
      let nearest = sure[0], least = distance(histories.get(n), histories.get(sure[0]));
      for (const m of sure.slice(1)) {
        const away = distance(histories.get(n), histories.get(m));
        if (away[0] < least[0] || away[0] === least[0] && away[1] < least[1]) [nearest, least] = [m, away];
      }
      const position = steps[free.get(nearest)].position;
      found.set(n, steps[n].below.find(s => steps[s].position === position));
    }
  }
  return found;
}

function historyOf(steps, n) {
  const found = [[steps[n].node, steps[n].kind, 0]];
  for (; steps[n].parent >= 0; n = steps[n].parent) {
    const above = steps[steps[n].parent];
    found.push([above.node, above.kind, steps[n].position]);
  }
  return found.reverse();
}

function distance(a, b) {
  let others = 0, bins = 0;
  a.forEach(([, kind, position], i) => {
    if (kind === "o") bins += Math.abs(position - b[i][2]);
    else others += position !== b[i][2];
  });
  return [others, bins];
}

// Which steps the policy can lead to.
function takenSteps(steps, choice) {
  const found = [];
  steps.forEach((step, n) => {
    const above = step.parent < 0 || found[step.parent];
    found.push(above && (choice.get(step.parent) ?? n) === n);
  });
  return found;
}

// The distribution of a strategy's total under its policy: rising totals and their masses.
function profileOf({ steps, reach, weight, taken }, totalOf) {
  const totals = [], masses = [];
  steps.forEach((step, n) => {
    if (step.kind !== "e" || !taken[n] || !(weight[n] > 0)) return;
    const total = totalOf(step);
    if (total.k === 1) {
      totals.push(total.a[0]);
      masses.push(weight[n] / weight[0]);
      return;
    }
    for (let i = 0; i < total.k; i++) {
      if (reach[n][i] > 0) {
        totals.push(total.a[i]);
        masses.push(reach[n][i] / weight[0]);
      }
    }
  });
  const order = Uint32Array.from(totals, (_, i) => i).sort((i, j) => totals[i] - totals[j]);
  return {
    totals: Float64Array.from(order, i => totals[i]),
    shares: runningSums(Array.from(order, i => masses[i])),
  };
}

// What each draw adds to the certainty equivalent, to first order, by the weight that it has: their
// mean is 0, and the mean of their squares over their number is the variance of its sampling.
function drawInfluences({ steps, reach, weight, taken, certain }, totalOf, R) {
  const found = new Float64Array(reach[0].length), worth = certain[0];
  steps.forEach((step, n) => {
    if (step.kind !== "e" || !taken[n]) return;
    const { k, a } = totalOf(step);
    for (let i = 0; i < found.length; i++) {
      if (!(reach[n][i] > 0)) continue;
      const gain = a[k === 1 ? 0 : i] - worth;
      found[i] += reach[n][i] * (R === null ? gain : -R * Math.expm1(-gain / R));
    }
  });
  return found.map(x => x * found.length / weight[0]);
}

const shareQuantile = ({ totals, shares }, share) =>
  totals[Math.min(countBelow(shares, share - 1e-12), totals.length - 1)];

// The share of totals below 0, by more than rounding leaves of the largest total of all strategies.
function shareOfLoss(strategies, id) {
  const largest = Math.max(...Object.values(strategies).map(own => own.largest));
  const { totals, shares } = strategies[id].profile();
  const below = countBelow(totals, -TIE * largest);
  return below ? shares[below - 1] : 0;
}

// What share of the disutility the worst hundredth of outcomes carries.
function worstDisutility({ totals, shares }, R) {
  if (R === null) return 0;
  let carried = 0, whole = 0, before = 0;
  totals.forEach((total, i) => {
    const mass = shares[i] - before, bent = Math.exp((totals[0] - total) / R);
    carried += clipped(0.01 - before, 0, mass) * bent;
    whole += mass * bent;
    before = shares[i];
  });
  return carried / whole;
}
