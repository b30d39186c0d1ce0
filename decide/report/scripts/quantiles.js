// The quantile function of every distribution, by share or by normal score.

function bounded(y, d) {
  if (d.min !== undefined && d.max !== undefined) return d.min + (d.max - d.min) / (1 + Math.exp(-y));
  if (d.min !== undefined) return d.min + Math.exp(y);
  if (d.max !== undefined) return d.max - Math.exp(-y);
  return y;
}

function unbounded(x, d) {
  if (d.min !== undefined && d.max !== undefined) return Math.log((x - d.min) / (d.max - x));
  if (d.min !== undefined) return Math.log(x - d.min);
  if (d.max !== undefined) return -Math.log(d.max - x);
  return x;
}

const clipped = (x, low, high) => Math.min(Math.max(x, low ?? -Infinity), high ?? Infinity);

// How many of rising numbers lie below x, or at it.
function countUpTo(rising, x) {
  let low = 0, high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle] <= x) low = middle + 1; else high = middle;
  }
  return low;
}

function countBelow(rising, x) {
  let low = 0, high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle] < x) low = middle + 1; else high = middle;
  }
  return low;
}

// Straight lines between points whose x never fall, flat outside.
function interpolated(x, xs, ys) {
  const last = xs.length - 1;
  if (x >= xs[last]) return ys[last];
  if (x < xs[0]) return ys[0];
  const at = countUpTo(xs, x) - 1;
  if (xs[at] === x) return ys[at];
  return ys[at] + (x - xs[at]) * ((ys[at + 1] - ys[at]) / (xs[at + 1] - xs[at]));
}

const risingOrder = values => values.map((_, i) => i).sort((i, j) => values[i] - values[j] || i - j);

function runningSums(values) {
  let sum = 0;
  return values.map(value => (sum += value));
}

const QUANTILES = {
  percentiles(d) {
    const [y10, y50, y90] = [d.p10, d.p50, d.p90].map(x => unbounded(x, d));
    const spread = (y90 - y10) / Math.log(9), skew = (1 - 2 * (y50 - y10) / (y90 - y10)) / 0.8;
    return u => bounded(y50 + spread * (0.5 + skew * (u - 0.5)) * Math.log(u / (1 - u)), d);
  },
  normal(d) {
    if (d.min !== undefined && d.min > d.mean) {
      // rounding leaves no digits in the far upper tail; the lower one has them
      const mirrored = QUANTILES.normal({ mean: -d.mean, sd: d.sd, max: -d.min,
        min: d.max === undefined ? undefined : -d.max });
      return u => -mirrored(1 - u);
    }
    const below = d.min === undefined ? 0 : ndtr((d.min - d.mean) / d.sd);
    const above = d.max === undefined ? 1 : ndtr((d.max - d.mean) / d.sd);
    const isWhole = d.min === undefined && d.max === undefined;
    return u => clipped(
      d.mean + d.sd * ndtri(isWhole ? u : below + u * (above - below)), d.min, d.max);
  },
  lognormal(d) {
    const log = bound => bound === undefined || bound <= 0 ? undefined : Math.log(bound);
    const normal = QUANTILES.normal({ mean: d.mu, sd: d.sigma, min: log(d.min), max: log(d.max) });
    return u => clipped(Math.exp(normal(u)), d.min, d.max);
  },
  triangular(d) {
    const width = d.max - d.min, rise = d.mode - d.min, fall = d.max - d.mode;
    return u => u < rise / width ? d.min + Math.sqrt(u * width * rise)
      : d.max - Math.sqrt((1 - u) * width * fall);
  },
  beta: d => u => d.min + (d.max - d.min) * betaQuantile(d.alpha, d.beta, u),
  uniform: d => u => d.min + (d.max - d.min) * u,
  discrete(d) {
    const rising = risingOrder(d.values);
    const edges = runningSums(rising.slice(0, -1).map(state => d.probabilities[state]));
    return u => rising[countUpTo(edges, u)];
  },
  shifted(d) {
    const inner = scoreQuantile(d.distribution);
    return u => inner(ndtri(u) + d.score);
  },
};

const quantile = d => QUANTILES[d.kind](d);

// By normal score: what is normal or lognormal and has no bounds needs no share.
function scoreQuantile(d) {
  const isFree = d.min === undefined && d.max === undefined;
  if (d.kind === "normal" && isFree) return z => d.mean + d.sd * z;
  if (d.kind === "lognormal" && isFree) return z => Math.exp(d.mu + d.sigma * z);
  if (d.kind === "shifted") {
    const inner = scoreQuantile(d.distribution);
    return z => inner(z + d.score);
  }
  const found = quantile(d);
  return z => found(ndtr(z));
}

// A discrete distribution shifted by a normal score: its edges move the other way.
function shiftedStates(d, score) {
  const rising = risingOrder(d.values);
  const edges = runningSums(rising.slice(0, -1).map(state => d.probabilities[state]))
    .map(edge => ndtr(ndtri(edge) - score));
  const probabilities = Array(rising.length);
  rising.forEach((state, i) => {
    probabilities[state] = (i < edges.length ? edges[i] : 1) - (i ? edges[i - 1] : 0);
  });
  return { ...d, probabilities };
}
