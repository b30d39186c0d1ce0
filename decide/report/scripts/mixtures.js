// Quantile functions that few models need: many percentiles, what was seen, mixtures.

Object.assign(QUANTILES, {
  metalog(d) {
    const level = [...d.level].reverse(), steepness = [...d.steepness].reverse();
    return u => {
      const c = u - 0.5;
      return bounded(polynomial(c, level) + polynomial(c, steepness) * Math.log(u / (1 - u)), d);
    };
  },
  interpolated(d) {
    const knots = d.shares.map(ndtri), heights = d.values.map(x => unbounded(x, d));
    const last = knots.length - 1;
    const widths = knots.slice(1).map((x, i) => x - knots[i]);
    const chords = widths.map((w, i) => (heights[i + 1] - heights[i]) / w);
    const slopes = knots.map((_, i) => {
      if (i === 0) return chords[0];
      if (i === last) return chords[last - 1];
      const left = widths[i - 1] + 2 * widths[i], right = 2 * widths[i - 1] + widths[i];
      return (left + right) / (left / chords[i - 1] + right / chords[i]);
    });
    return u => {
      const z = ndtri(u), k = Math.min(Math.max(countBelow(knots, z) - 1, 0), last - 1);
      const rise = heights[k + 1] - heights[k], t = clipped((z - knots[k]) / widths[k], 0, 1);
      const first = slopes[k] * widths[k], then = slopes[k + 1] * widths[k];
      const inner = heights[k] + t * (first + t * (3 * rise - 2 * first - then
        + t * (first + then - 2 * rise)));
      return bounded(inner + Math.min(z - knots[0], 0) * slopes[0]
        + Math.max(z - knots[last], 0) * slopes[last], d);
    };
  },
  empirical(d) {
    const [heights, positions] = empiricalPoints(d);
    return u => interpolated(u, positions, heights);
  },
  mixture: mixtureQuantile,
});

// Where the straight lines through points whose heights never fall reach x.
function inverse(x, heights, positions, side) {
  if (x < heights[0]) return positions[0];
  const last = heights.length - 1;
  if (x > heights[last]) return positions[last];
  const first = countBelow(heights, x), after = countUpTo(heights, x);
  if (after > first) return positions[side === "left" ? first : after - 1];
  const share = (x - heights[first - 1]) / (heights[first] - heights[first - 1]);
  return positions[first - 1] + share * (positions[first] - positions[first - 1]);
}

function empiricalPoints(d) {
  const n = d.values.length;
  const heights = [d.values[0], ...d.values, d.values[n - 1]];
  const positions = [0, ...d.values.map((_, i) => (i + 0.5) / n), 1];
  if (d.min === undefined && d.max === undefined) return [heights, positions];
  const low = d.min === undefined ? heights[0] : Math.max(d.min, heights[0]);
  const high = d.max === undefined ? heights[n + 1] : Math.min(d.max, heights[n + 1]);
  const [first, end] = [low, high].map(x => inverse(x, heights, positions, "left"));
  const [afterFirst, afterEnd] = [low, high].map(x => inverse(x, heights, positions, "right"));
  const inner = heights.map((_, i) => i).filter(i => heights[i] > low && heights[i] < high);
  const kept = [first, afterFirst, ...inner.map(i => positions[i]), end, afterEnd];
  return [[low, low, ...inner.map(i => heights[i]), high, high],
    kept.map(p => (p - first) / (afterEnd - first))];
}

const REACH = 8, PARTS = 256;

// Read off a table of the mixed distribution function over normal scores.
function mixtureQuantile(d) {
  const curves = d.components.map(mixtureCurve);
  const heights = [...new Set(curves.flatMap(([values]) => values))].sort((a, b) => a - b);
  const share = (x, side) => d.probabilities.reduce(
    (sum, p, i) => sum + p * shareBelow(x, ...curves[i], side), 0);
  let highest = -REACH;
  const scores = heights.flatMap(x => [share(x, "left"), share(x, "right")])
    .map(u => (highest = Math.max(highest, clipped(ndtri(clipped(u, 0, 1)), -REACH, REACH))));
  const twice = heights.flatMap(x => [x, x]);
  const below = d.min === undefined ? 0 : share(d.min, "left");
  const above = d.max === undefined ? 1 : share(d.max, "right");
  return u => clipped(interpolated(ndtri(below + u * (above - below)), scores, twice), d.min, d.max);
}

function shareBelow(x, heights, scores, side) {
  if (x < heights[0]) return 0;
  if (x > heights[heights.length - 1]) return 1;
  return ndtr(inverse(x, heights, scores, side));
}

function mixtureCurve(d) {
  const score = u => clipped(ndtri(clipped(u, 0, 1)), -REACH, REACH);
  if (d.kind === "discrete") {
    const rising = risingOrder(d.values);
    const shares = runningSums(rising.map(state => d.probabilities[state]));
    const edges = [0, ...shares.slice(0, -1), 1].map(score);
    return [rising.flatMap(state => [d.values[state], d.values[state]]),
      rising.flatMap((_, i) => [edges[i], edges[i + 1]])];
  }
  let scores = Array.from({ length: 2 * REACH * PARTS + 1 }, (_, i) => i / PARTS - REACH);
  if (d.kind === "empirical") {
    scores = [...new Set([...scores, ...empiricalPoints(d)[1].map(score)])].sort((a, b) => a - b);
  }
  const own = quantile(d);
  let highest = -Infinity;
  return [scores.map(z => (highest = Math.max(highest, own(ndtr(z))))), scores];
}
